-- What a system's screens sent of a day (compliance.c).

-- name: system_screens
-- about: Screens of a system's cinemas that were open on a day, by number.
-- in: system int64, day date, after int64
-- out: id int64, code text
-- rows: many
SELECT screen.id AS id, screen.code AS code FROM ticketing_scope JOIN screen ON screen.cinema = ticketing_scope.cinema
WHERE ticketing_scope.system = :system AND screen.id > :after AND screen.opened_on <= :day
    AND (screen.closed_on IS NULL OR screen.closed_on >= :day)
ORDER BY screen.id LIMIT 1000

-- name: screen_day_screenings
-- about: Screenings of a screen on a cinema day.
-- in: screen int64, day date
-- out: id int64, start_tenths int64, announced bool, cancelled bool
-- rows: many
SELECT id, start_tenths, announced, cancelled FROM screening WHERE screen = :screen AND day = :day
ORDER BY start_tenths LIMIT 1000

-- name: screen_day_none_find
-- about: Whether a screen was declared without screenings.
-- in: screen int64, day date
-- out: batch int64
-- rows: one
SELECT batch FROM screen_day_none WHERE screen = :screen AND day = :day

-- name: screen_day_count
-- about: What was counted of a screen on a day.
-- in: day date, screen int64
-- out: sold int64, cancelled int64, gross money, refunded money
-- rows: one
SELECT sold, cancelled, gross, refunded FROM day_count WHERE day = :day AND screen = :screen

-- name: screen_series
-- about: The series of a screen.
-- in: screen int64
-- out: id int64, code text
-- rows: many
SELECT id, code FROM ticket_series WHERE screen = :screen ORDER BY code LIMIT 1000
