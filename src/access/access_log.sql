-- include: "access/user.h"

-- name: access_log_make
-- about: One line.
-- in: id int64, at_ms int64, day date, event text, account account_id null, subject text, why text, remote text
-- rows: none
INSERT INTO access_log (id, at_ms, day, event, account, subject, why, remote)
VALUES (:id, :at_ms, :day, :event, :account, :subject, :why, :remote)

-- name: access_log_by_subject
-- about: Lines about a subject, newest first.
-- in: subject text, before int64
-- out: id int64, at_ms int64, day date, event text, account account_id null, subject text, why text, remote text
-- rows: many
SELECT id, at_ms, day, event, account, subject, why, remote FROM access_log
WHERE subject = :subject AND id < :before ORDER BY id DESC LIMIT 200

-- name: access_log_by_account
-- about: Lines of an account, newest first.
-- in: account account_id, before int64
-- out: id int64, at_ms int64, day date, event text, account account_id null, subject text, why text, remote text
-- rows: many
SELECT id, at_ms, day, event, account, subject, why, remote FROM access_log
WHERE account = :account AND id < :before ORDER BY id DESC LIMIT 200
