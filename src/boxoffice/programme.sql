-- The programme (programme.c).

-- name: screening_announce
-- about: A screening as its cinema announced it, new or changed.
-- in: id int64, screen int64, start_tenths int64, day date, seats int64 null, planned_minutes int64 null
-- in: announced_sha256 hash, norms text
-- rows: none
INSERT INTO screening (id, screen, start_tenths, day, announced, seats, planned_minutes, cancelled, announced_sha256, norms)
VALUES (:id, :screen, :start_tenths, :day, 1, :seats, :planned_minutes, 0, :announced_sha256, :norms)
ON CONFLICT (screen, start_tenths) DO UPDATE SET announced = 1, seats = excluded.seats,
    planned_minutes = excluded.planned_minutes, announced_sha256 = excluded.announced_sha256, norms = excluded.norms

-- name: screening_cancel
-- about: A screening that does not take place.
-- in: id int64, reason text
-- rows: changed
UPDATE screening SET cancelled = 1, reason = :reason WHERE id = :id AND cancelled = 0

-- name: screening_films_drop
-- about: Before an announcement is changed.
-- in: screening int64
-- rows: none
DELETE FROM screening_film WHERE screening = :screening

-- name: screening_tariffs_drop
-- about: Before an announcement is changed.
-- in: screening int64
-- rows: none
DELETE FROM screening_tariff WHERE screening = :screening

-- name: screening_film_insert
-- about: A film of a screening.
-- in: screening int64, place int64, visa text null, title text, version text
-- rows: none
INSERT INTO screening_film (screening, place, visa, title, version) VALUES (:screening, :place, :visa, :title, :version)

-- name: screening_tariff_insert
-- about: A tariff of a screening.
-- in: screening int64, code text, family text, price int64
-- rows: none
INSERT INTO screening_tariff (screening, code, family, price) VALUES (:screening, :code, :family, :price)

-- name: screen_day_none_put
-- about: A day on which a screen showed nothing.
-- in: screen int64, day date, batch int64
-- rows: changed
INSERT INTO screen_day_none (screen, day, batch) VALUES (:screen, :day, :batch) ON CONFLICT (screen, day) DO NOTHING

-- name: programme_line_insert
-- about: An announcement as it was received.
-- in: batch int64, line int64, body text
-- rows: none
INSERT INTO programme_line (batch, line, body) VALUES (:batch, :line, :body)
