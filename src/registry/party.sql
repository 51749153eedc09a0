-- include: "registry/party.h"

-- name: party_insert
-- about: A party that was registered.
-- in: id party_id, kind text, name_ar text, name_latin text, ice text null, rc text null, rc_court text null
-- in: legal_form text null, capital money null, seat_ar text, seat_latin text, manager_ar text, manager_latin text
-- in: registered_on date, act int64
-- rows: none
INSERT INTO party (id, kind, name_ar, name_latin, ice, rc, rc_court, legal_form, capital, seat_ar, seat_latin, manager_ar,
    manager_latin, registered_on, act)
VALUES (:id, :kind, :name_ar, :name_latin, :ice, :rc, :rc_court, :legal_form, :capital, :seat_ar, :seat_latin, :manager_ar,
    :manager_latin, :registered_on, :act)

-- name: party_update
-- about: The new state of a party.
-- in: id party_id, name_ar text, name_latin text, ice text null, rc text null, rc_court text null
-- in: legal_form text null, capital money null, seat_ar text, seat_latin text, manager_ar text, manager_latin text
-- rows: changed
UPDATE party SET name_ar = :name_ar, name_latin = :name_latin, ice = :ice, rc = :rc, rc_court = :rc_court,
    legal_form = :legal_form, capital = :capital, seat_ar = :seat_ar, seat_latin = :seat_latin, manager_ar = :manager_ar,
    manager_latin = :manager_latin
WHERE id = :id

-- name: party_row_get
-- about: A party.
-- in: id party_id
-- out: id party_id, kind text, name_ar text, name_latin text, ice text null, rc text null, rc_court text null
-- out: legal_form text null, capital money null, seat_ar text, seat_latin text, manager_ar text, manager_latin text
-- out: registered_on date, act int64
-- rows: one
SELECT id, kind, name_ar, name_latin, ice, rc, rc_court, legal_form, capital, seat_ar, seat_latin, manager_ar, manager_latin,
    registered_on, act
FROM party WHERE id = :id

-- name: party_row_ice
-- about: The party with that company identity number.
-- in: ice text
-- out: id party_id
-- rows: one
SELECT id FROM party WHERE ice = :ice

-- name: party_rows_after
-- about: Legal persons, by key.
-- in: after party_id, limit int64
-- out: id party_id
-- rows: many
SELECT id FROM party WHERE id > :after AND kind <> 'natural_person' ORDER BY id LIMIT :limit

-- name: party_manager_erase
-- about: Forgets the manager's name of a party.
-- in: id party_id
-- rows: none
UPDATE party SET manager_ar = '', manager_latin = '' WHERE id = :id

-- name: party_person_erase
-- about: Forgets the name and address of a natural person.
-- in: id party_id
-- rows: none
UPDATE party SET name_ar = '', name_latin = '', seat_ar = '', seat_latin = '' WHERE id = :id AND kind = 'natural_person'

-- name: party_fact_insert
-- about: A fact of a party, from a day on, as somebody attests it.
-- in: party party_id, name text, act int64, value text, from_day date, attested_by text
-- rows: none
INSERT INTO party_fact (party, name, act, value, from_day, attested_by)
VALUES (:party, :name, :act, :value, :from_day, :attested_by)
ON CONFLICT (party, name, act) DO UPDATE SET value = excluded.value, from_day = excluded.from_day,
    attested_by = excluded.attested_by

-- name: party_fact_rows
-- about: All that was ever known of a party until a day, the latest first within a name.
-- in: party party_id, on_day date
-- out: name text, value text, from_day date, attested_by text, act int64
-- rows: many
SELECT name, value, from_day, attested_by, act FROM party_fact
WHERE party = :party AND from_day <= :on_day
ORDER BY name, from_day DESC, act DESC LIMIT 4096
