-- name: outbox_insert
-- about: A letter that waits.
-- in: id int64, kind text, recipient text, lang text, subject text, body text, now_ms int64
-- rows: none
INSERT INTO outbox (id, kind, recipient, lang, subject, body, put_at_ms, tries, next_at_ms, state)
VALUES (:id, :kind, :recipient, :lang, :subject, :body, :now_ms, 0, :now_ms, 'waiting')

-- name: outbox_rows_due
-- about: Letters whose time has come, the longest waiting first.
-- in: now_ms int64, limit int64
-- out: id int64, kind text, recipient text, lang text, subject text, body text null, put_at_ms int64, tries int64
-- rows: many
SELECT id, kind, recipient, lang, subject, body, put_at_ms, tries FROM outbox
WHERE state = 'waiting' AND next_at_ms <= :now_ms ORDER BY next_at_ms, id LIMIT :limit

-- name: outbox_rows_last
-- about: The last letters, sent or not.
-- in: before int64, limit int64
-- out: id int64, kind text, recipient text, lang text, subject text, body text null, put_at_ms int64, tries int64
-- rows: many
SELECT id, kind, recipient, lang, subject, body, put_at_ms, tries FROM outbox
WHERE id < :before ORDER BY id DESC LIMIT :limit

-- name: outbox_set_sent
-- about: It left. What it said goes, unless it is to be kept.
-- in: id int64, now_ms int64, keep bool
-- rows: changed
UPDATE outbox SET state = 'sent', next_at_ms = NULL, done_at_ms = :now_ms, tries = tries + 1, failure = NULL,
    body = CASE WHEN :keep = 1 THEN body ELSE NULL END
WHERE id = :id AND state = 'waiting'

-- name: outbox_set_failed
-- about: It did not leave and is tried again.
-- in: id int64, next_at_ms int64, failure text
-- rows: changed
UPDATE outbox SET tries = tries + 1, next_at_ms = :next_at_ms, failure = :failure WHERE id = :id AND state = 'waiting'

-- name: outbox_set_given_up
-- about: It is not tried again.
-- in: id int64, now_ms int64, failure text
-- rows: changed
UPDATE outbox SET state = 'given_up', next_at_ms = NULL, done_at_ms = :now_ms, tries = tries + 1, body = NULL,
    failure = :failure
WHERE id = :id AND state = 'waiting'

-- name: outbox_delete_done
-- about: Forgets what left, or was given up, before an instant.
-- in: before_ms int64
-- rows: changed
DELETE FROM outbox WHERE state <> 'waiting' AND done_at_ms < :before_ms

-- name: outbox_told_get
-- about: How far something was told.
-- in: name text
-- out: value int64
-- rows: one
SELECT value FROM outbox_told WHERE name = :name

-- name: outbox_told_put
-- about: Told up to here.
-- in: name text, value int64
-- rows: none
INSERT INTO outbox_told (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value
