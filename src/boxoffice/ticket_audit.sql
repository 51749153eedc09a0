-- Evidence against what was counted from it (ticket_audit.c).

-- name: audit_screens
-- about: Screens that have series, by number.
-- in: after int64
-- out: id int64, code text
-- rows: many
SELECT id, code FROM screen WHERE id > :after ORDER BY id LIMIT 500

-- name: audit_segments
-- about: Segments of a series, by their last number.
-- in: series int64, last_number int64, first_number int64, after int64
-- out: id int64, first_number int64, last_number int64, rows int64, day date, sha256 hash, packed bytes
-- rows: many
SELECT id, first_number, last_number, rows, day, sha256, packed FROM ticket_segment
WHERE series = :series AND (last_number, first_number, id) > (:last_number, :first_number, :after)
ORDER BY last_number, first_number, id LIMIT 20

-- name: audit_ranges
-- about: Ranges of a series behind a number.
-- in: series int64, after int64
-- out: from_number int64, to_number int64
-- rows: many
SELECT from_number, to_number FROM ticket_range WHERE series = :series AND from_number > :after
ORDER BY from_number LIMIT 5000

-- name: audit_counts
-- about: What was counted of the screenings of a screen.
-- in: screen int64, after int64, tariff text
-- out: start_tenths int64, tariff text, sold int64, cancelled int64, gross money, refunded money
-- rows: many
SELECT screening.start_tenths AS start_tenths, screening_count.tariff AS tariff, screening_count.sold AS sold,
    screening_count.cancelled AS cancelled, screening_count.gross AS gross, screening_count.refunded AS refunded
FROM screening JOIN screening_count ON screening_count.screening = screening.id
WHERE screening.screen = :screen AND (screening.start_tenths, screening_count.tariff) > (:after, :tariff)
ORDER BY screening.start_tenths, screening_count.tariff LIMIT 2000

-- name: audit_days
-- about: What was counted of a screen by day, beside the sum of its screenings.
-- in: screen int64, after date
-- out: day date, sold int64, cancelled int64, gross money, refunded money
-- rows: many
SELECT day, sold, cancelled, gross, refunded FROM day_count WHERE screen = :screen AND day > :after
ORDER BY day LIMIT 5000

-- name: audit_day_sum
-- about: The sum of a screen's screenings of a day.
-- in: screen int64, day date
-- out: sold int64, cancelled int64, gross money, refunded money
-- rows: exactly_one
SELECT CAST(coalesce(sum(screening_count.sold), 0) AS BIGINT) AS sold,
    CAST(coalesce(sum(screening_count.cancelled), 0) AS BIGINT) AS cancelled,
    CAST(coalesce(sum(screening_count.gross), 0) AS BIGINT) AS gross,
    CAST(coalesce(sum(screening_count.refunded), 0) AS BIGINT) AS refunded
FROM screening JOIN screening_count ON screening_count.screening = screening.id
WHERE screening.screen = :screen AND screening.day = :day
