-- name: counter_step
-- about: The next value of a counter, which begins at 1.
-- in: name text
-- out: value int64
-- rows: exactly_one
INSERT INTO counter (name, value) VALUES (:name, 1)
ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
RETURNING value

-- name: counter_value
-- about: The last value that a counter gave.
-- in: name text
-- out: value int64
-- rows: one
SELECT value FROM counter WHERE name = :name
