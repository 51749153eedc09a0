-- name: answered_get
-- about: What a form was answered with when it was sent before.
-- in: key hash
-- out: status int64, location text null, content_type text null, body bytes null
-- rows: one
SELECT status, location, content_type, body FROM form_answered WHERE key = :key

-- name: answered_put
-- about: Keeps the answer to a form.
-- in: key hash, at_ms int64, status int64, location text null, content_type text null, body bytes null
-- rows: none
INSERT INTO form_answered (key, at_ms, status, location, content_type, body)
VALUES (:key, :at_ms, :status, :location, :content_type, :body)

-- name: answered_forget
-- about: Old answers: no browser sends a form again after days.
-- in: before_ms int64
-- rows: none
DELETE FROM form_answered WHERE at_ms < :before_ms
