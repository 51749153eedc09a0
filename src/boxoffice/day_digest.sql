-- A day's evidence in the log (day_digest.c).

-- name: ticket_day_last
-- about: The last day that was closed.
-- out: day date
-- rows: one
SELECT day FROM ticket_day ORDER BY day DESC LIMIT 1

-- name: ticket_day_find
-- about: The act that closed a day.
-- in: day date
-- out: act int64
-- rows: one
SELECT act FROM ticket_day WHERE day = :day

-- name: ticket_day_insert
-- about: A day was closed.
-- in: day date, act int64
-- rows: none
INSERT INTO ticket_day (day, act) VALUES (:day, :act)

-- name: ticket_day_due
-- about: The first day behind one that has evidence.
-- in: after date
-- out: day date
-- rows: one
SELECT day FROM ticket_segment WHERE day > :after ORDER BY day LIMIT 1

-- name: ticket_segments_of_day
-- about: Segments received on a day, by number.
-- in: day date, after int64
-- out: id int64, screen int64, code text, sha256 hash, rows int64
-- rows: many
SELECT ticket_segment.id AS id, screen.id AS screen, screen.code AS code, ticket_segment.sha256 AS sha256,
    ticket_segment.rows AS rows
FROM ticket_segment JOIN ticket_series ON ticket_series.id = ticket_segment.series
JOIN screen ON screen.id = ticket_series.screen
WHERE ticket_segment.day = :day AND ticket_segment.id > :after
ORDER BY ticket_segment.id LIMIT 2000
