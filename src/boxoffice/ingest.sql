-- What ingestion writes and asks (ingest.c). All of it inside one transaction of the writer.

-- name: ticket_batch_find
-- about: What became of a batch.
-- in: system int64, key text
-- out: id int64, sha256 hash, answer text
-- rows: one
SELECT id, sha256, answer FROM ticket_batch WHERE system = :system AND key = :key

-- name: ticket_batch_by_id
-- about: What became of a batch, by the number in its receipt.
-- in: system int64, id int64
-- out: answer text
-- rows: one
SELECT answer FROM ticket_batch WHERE id = :id AND system = :system

-- name: ticket_batch_insert
-- about: A batch that was received.
-- in: id int64, system int64, key text, sha256 hash, received_at_ms int64, lines int64
-- rows: none
INSERT INTO ticket_batch (id, system, key, sha256, received_at_ms, lines, accepted, duplicates, rejected, answer)
VALUES (:id, :system, :key, :sha256, :received_at_ms, :lines, 0, 0, 0, '')

-- name: ticket_batch_answer
-- about: The answer of a batch, once its lines are stored.
-- in: id int64, accepted int64, duplicates int64, rejected int64, answer text
-- rows: none
UPDATE ticket_batch SET accepted = :accepted, duplicates = :duplicates, rejected = :rejected, answer = :answer
WHERE id = :id

-- name: ticket_conflict_insert
-- about: A line that conflicts with what is stored.
-- in: batch int64, line int64, body text
-- rows: none
INSERT INTO ticket_conflict (batch, line, body) VALUES (:batch, :line, :body)

-- name: screen_in_scope
-- about: The screen of that number, if the system may speak for its cinema.
-- in: system int64, code text
-- out: id int64, seats int64
-- rows: one
SELECT screen.id AS id, screen.seats AS seats FROM screen
JOIN ticketing_scope ON ticketing_scope.cinema = screen.cinema AND ticketing_scope.system = :system
WHERE screen.code = :code

-- name: ticket_series_find
-- about: A series of a screen.
-- in: screen int64, code text
-- out: id int64
-- rows: one
SELECT id FROM ticket_series WHERE screen = :screen AND code = :code

-- name: ticket_series_insert
-- about: A new series of a screen.
-- in: id int64, screen int64, code text
-- rows: none
INSERT INTO ticket_series (id, screen, code) VALUES (:id, :screen, :code)

-- name: ticket_ranges_near
-- about: The ranges of a series that touch some numbers or lie beside them, by rising number.
-- in: series int64, from_number int64, to_number int64, limit int64
-- out: from_number int64, to_number int64
-- rows: many
SELECT from_number, to_number FROM ticket_range
WHERE series = :series AND to_number >= :from_number AND from_number <= :to_number
ORDER BY from_number LIMIT :limit

-- name: ticket_range_last
-- about: The last range of a series.
-- in: series int64
-- out: from_number int64, to_number int64
-- rows: one
SELECT from_number, to_number FROM ticket_range WHERE series = :series ORDER BY from_number DESC LIMIT 1

-- name: ticket_range_put
-- about: A range that grew, or a new one.
-- in: series int64, from_number int64, to_number int64
-- rows: none
INSERT INTO ticket_range (series, from_number, to_number) VALUES (:series, :from_number, :to_number)
ON CONFLICT (series, from_number) DO UPDATE SET to_number = excluded.to_number

-- name: ticket_range_drop
-- about: A range that became part of another.
-- in: series int64, from_number int64
-- rows: none
DELETE FROM ticket_range WHERE series = :series AND from_number = :from_number

-- name: ticket_segment_insert
-- about: A packed segment.
-- in: id int64, series int64, first_number int64, last_number int64, rows int64, day date, sha256 hash, packed bytes
-- rows: none
INSERT INTO ticket_segment (id, series, first_number, last_number, rows, day, sha256, packed)
VALUES (:id, :series, :first_number, :last_number, :rows, :day, :sha256, :packed)

-- name: ticket_segments_holding
-- about: The segments of a series that may hold a number.
-- in: series int64, number int64
-- out: id int64
-- rows: many
SELECT id FROM ticket_segment
WHERE series = :series AND last_number >= :number AND first_number <= :number
ORDER BY last_number, first_number LIMIT 10000

-- name: ticket_segment_get
-- about: One segment.
-- in: id int64
-- out: sha256 hash, packed bytes
-- rows: exactly_one
SELECT sha256, packed FROM ticket_segment WHERE id = :id

-- name: ticket_cancellation_put
-- about: A cancellation; nothing changes when it is there already.
-- in: series int64, number int64, waiting bool
-- rows: changed
INSERT INTO ticket_cancellation (series, number, waiting) VALUES (:series, :number, :waiting)
ON CONFLICT (series, number) DO NOTHING

-- name: ticket_cancellations_waiting
-- about: Cancellations that came before their sales.
-- in: series int64, from_number int64, to_number int64
-- out: number int64
-- rows: many
SELECT number FROM ticket_cancellation
WHERE series = :series AND number >= :from_number AND number <= :to_number AND waiting = 1
ORDER BY number LIMIT 10000

-- name: ticket_cancellation_met
-- about: The sale of a cancellation has come.
-- in: series int64, number int64
-- rows: none
UPDATE ticket_cancellation SET waiting = 0 WHERE series = :series AND number = :number

-- name: screening_find
-- about: The screening of a screen at an instant.
-- in: screen int64, start_tenths int64
-- out: id int64, announced bool, seats int64 null, planned_minutes int64 null, cancelled bool, norms text
-- out: announced_sha256 hash null
-- rows: one
SELECT id, announced, seats, planned_minutes, cancelled, norms, announced_sha256
FROM screening WHERE screen = :screen AND start_tenths = :start_tenths

-- name: screening_insert
-- about: A screening that nobody announced yet.
-- in: id int64, screen int64, start_tenths int64, day date, norms text
-- rows: none
INSERT INTO screening (id, screen, start_tenths, day, announced, cancelled, norms)
VALUES (:id, :screen, :start_tenths, :day, 0, 0, :norms)

-- name: screening_count_add
-- about: Adds to what was counted of a screening and tariff.
-- in: screening int64, tariff text, sold int64, cancelled int64, gross money, refunded money
-- rows: none
INSERT INTO screening_count (screening, tariff, sold, cancelled, gross, refunded)
VALUES (:screening, :tariff, :sold, :cancelled, :gross, :refunded)
ON CONFLICT (screening, tariff) DO UPDATE SET sold = screening_count.sold + excluded.sold,
    cancelled = screening_count.cancelled + excluded.cancelled, gross = screening_count.gross + excluded.gross,
    refunded = screening_count.refunded + excluded.refunded

-- name: day_count_add
-- about: Adds to what was counted of a screen on a cinema day.
-- in: day date, screen int64, sold int64, cancelled int64, gross money, refunded money
-- rows: none
INSERT INTO day_count (day, screen, sold, cancelled, gross, refunded)
VALUES (:day, :screen, :sold, :cancelled, :gross, :refunded)
ON CONFLICT (day, screen) DO UPDATE SET sold = day_count.sold + excluded.sold,
    cancelled = day_count.cancelled + excluded.cancelled, gross = day_count.gross + excluded.gross,
    refunded = day_count.refunded + excluded.refunded
