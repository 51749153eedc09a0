-- Statements of the store's own tests: every type, every shape.

-- name: sample_make
-- about: Gives the row its place; every type is bound, present or absent.
-- in: id int64, word text, note text null, paid money, due money null, flag bool, day date, end_day date null
-- in: hash hash, seal hash null, data bytes, extra bytes null, count int64 null
-- rows: none
INSERT INTO sample (id, word, note, paid, due, flag, day, end_day, hash, seal, data, extra, count)
VALUES (:id, :word, :note, :paid, :due, :flag, :day, :end_day, :hash, :seal, :data, :extra, :count)

-- name: sample_get
-- about: All columns of a row.
-- in: id int64
-- out: id int64, word text, note text null, paid money, due money null, flag bool, day date, end_day date null
-- out: hash hash, seal hash null, data bytes, extra bytes null, count int64 null
-- rows: one
SELECT id, word, note, paid, due, flag, day, end_day, hash, seal, data, extra, count FROM sample WHERE id = :id

-- name: sample_words
-- about: The words behind a key, in its order.
-- in: after int64, limit int64
-- out: id int64, word text
-- rows: many
SELECT id, word FROM sample WHERE id > :after ORDER BY id LIMIT :limit

-- name: sample_by_word
-- about: Finds by a column without an index.
-- in: word text
-- out: id int64
-- rows: one
SELECT id FROM sample WHERE word = :word LIMIT 2

-- name: sample_total
-- about: What is paid in all.
-- out: total money, count int64
-- slow: a test wants the sum of everything
-- rows: exactly_one
SELECT CAST(coalesce(sum(paid), 0) AS BIGINT) AS total, count(*) AS count FROM sample

-- name: sample_rename
-- about: Changes a word.
-- in: id int64, word text
-- rows: changed
UPDATE sample SET word = :word WHERE id = :id

-- name: sample_wrong_name
-- about: Declares another name than the engine gives.
-- out: number int64
-- rows: exactly_one
SELECT count(*) AS amount FROM sample WHERE id = 1

-- name: sample_wrong_type
-- about: Declares another type than PostgreSQL gives: its sum of integers is no integer.
-- out: paid money null
-- rows: exactly_one
SELECT sum(paid) AS paid FROM sample WHERE id = 1

-- name: sample_count
-- about: How many rows there are, and the highest key.
-- out: count int64, last int64
-- slow: a test counts everything
-- rows: exactly_one
SELECT count(*) AS count, coalesce(max(id), 0) AS last FROM sample

-- name: sample_exists
-- about: Whether a row is there.
-- in: id int64
-- out: found bool
-- rows: exactly_one
SELECT count(*) AS found FROM sample WHERE id = :id

-- name: sample_end_others
-- about: Ends all other connections to this PostgreSQL; SQLite has none and answers none.
-- out: ended int64
-- slow: the list of connections is short
-- rows: exactly_one
-- engine: sqlite
SELECT 0 AS ended
-- engine: postgres
SELECT count(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND application_name = 'markaz'

-- name: sample_pairs
-- about: Rows whose count is the key of another, by a range of keys: joins find their rows by the key.
-- in: from int64, to int64
-- out: id int64, word text
-- rows: many
SELECT a.id, c.word FROM sample AS a JOIN sample AS b ON b.id = a.count JOIN sample AS c ON c.id = b.count
WHERE a.id >= :from AND a.id < :to ORDER BY a.id LIMIT 200
