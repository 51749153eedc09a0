-- name: throttle_row
-- about: What a key did wrong.
-- in: key text
-- out: failures int64, last_at_ms int64, until_ms int64
-- rows: one
SELECT failures, last_at_ms, until_ms FROM throttle WHERE key = :key

-- name: throttle_set
-- about: Counts and dates of a key.
-- in: key text, failures int64, last_at_ms int64, until_ms int64
-- rows: none
INSERT INTO throttle (key, failures, last_at_ms, until_ms) VALUES (:key, :failures, :last_at_ms, :until_ms)
ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, last_at_ms = excluded.last_at_ms,
until_ms = excluded.until_ms

-- name: throttle_drop
-- about: Nothing is held against the key.
-- in: key text
-- rows: none
DELETE FROM throttle WHERE key = :key

-- name: throttle_sweep
-- about: Forgets what is long ago.
-- in: before_ms int64
-- rows: changed
DELETE FROM throttle WHERE last_at_ms < :before_ms
