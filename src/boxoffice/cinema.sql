-- Cinemas, screens, films, contracts and ticketing systems: projections of acts (cinema.c).

-- name: cinema_insert
-- about: A cinema that was taken over.
-- in: id int64, code text, name_ar text, name_latin text, city text, party int64 null, class text null, licence text null
-- in: act int64
-- rows: none
INSERT INTO cinema (id, code, name_ar, name_latin, city, party, class, licence, act)
VALUES (:id, :code, :name_ar, :name_latin, :city, :party, :class, :licence, :act)

-- name: cinema_by_code
-- about: A cinema by its number.
-- in: code text
-- out: id int64, name_ar text, name_latin text, city text, licence text null
-- rows: one
SELECT id, name_ar, name_latin, city, licence FROM cinema WHERE code = :code

-- name: screen_insert
-- about: A screen that was opened.
-- in: id int64, cinema int64, code text, seats int64, opened_on date, closed_on date null, act int64
-- rows: none
INSERT INTO screen (id, cinema, code, seats, opened_on, closed_on, act)
VALUES (:id, :cinema, :code, :seats, :opened_on, :closed_on, :act)

-- name: screen_by_code
-- about: A screen by its number.
-- in: code text
-- out: id int64, cinema int64, seats int64
-- rows: one
SELECT id, cinema, seats FROM screen WHERE code = :code

-- name: film_insert
-- about: A film that was taken over.
-- in: id int64, visa text, title_ar text, title_latin text, minutes int64, nationality text, is_moroccan bool
-- in: age_from int64, distributor text, visa_on date, act int64
-- rows: none
INSERT INTO film (id, visa, title_ar, title_latin, minutes, nationality, is_moroccan, age_from, distributor, visa_on, act)
VALUES (:id, :visa, :title_ar, :title_latin, :minutes, :nationality, :is_moroccan, :age_from, :distributor, :visa_on, :act)

-- name: film_by_visa
-- about: A film by its visa.
-- in: visa text
-- out: id int64, age_from int64, visa_on date, title_ar text, title_latin text
-- rows: one
SELECT id, age_from, visa_on, title_ar, title_latin FROM film WHERE visa = :visa

-- name: exhibition_contract_insert
-- about: A contract that was registered.
-- in: film int64, cinema int64, registered_on date, act int64
-- rows: none
INSERT INTO exhibition_contract (film, cinema, registered_on, act) VALUES (:film, :cinema, :registered_on, :act)

-- name: exhibition_contract_find
-- about: The contract of a film with a cinema.
-- in: film int64, cinema int64
-- out: registered_on date
-- rows: one
SELECT registered_on FROM exhibition_contract WHERE film = :film AND cinema = :cinema

-- name: ticketing_system_insert
-- about: A ticketing system and the hash of its token.
-- in: id int64, name text, token_sha256 hash, act int64
-- rows: none
INSERT INTO ticketing_system (id, name, token_sha256, act) VALUES (:id, :name, :token_sha256, :act)

-- name: ticketing_scope_insert
-- about: A cinema that a system may speak for.
-- in: system int64, cinema int64
-- rows: none
INSERT INTO ticketing_scope (system, cinema) VALUES (:system, :cinema)

-- name: ticketing_system_revoke
-- about: Ends a token.
-- in: id int64, revoked_on date
-- rows: changed
UPDATE ticketing_system SET revoked_on = :revoked_on WHERE id = :id AND revoked_on IS NULL

-- name: ticketing_system_by_token
-- about: The system that a token belongs to.
-- in: token_sha256 hash
-- out: id int64, name text, revoked_on date null
-- rows: one
SELECT id, name, revoked_on FROM ticketing_system WHERE token_sha256 = :token_sha256

-- name: ticketing_systems
-- about: Ticketing systems, by number.
-- in: after int64
-- out: id int64, name text, revoked_on date null, act int64
-- rows: many
SELECT id, name, revoked_on, act FROM ticketing_system WHERE id > :after ORDER BY id LIMIT 200
