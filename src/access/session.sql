-- include: "access/user.h"

-- name: session_make
-- about: A new session.
-- in: id int64, token hash, account account_id, pending bool, second_factor bool, party party_id null
-- in: opened_at_ms int64, seen_at_ms int64, ends_at_ms int64, stepped_up_until_ms int64, remote text, agent text
-- rows: none
INSERT INTO session (id, token, account, pending, second_factor, party, opened_at_ms, seen_at_ms, ends_at_ms,
stepped_up_until_ms, remote, agent)
VALUES (:id, :token, :account, :pending, :second_factor, :party, :opened_at_ms, :seen_at_ms, :ends_at_ms,
:stepped_up_until_ms, :remote, :agent)

-- name: session_row
-- about: The session of a token.
-- in: token hash
-- out: id int64, account account_id, pending bool, second_factor bool, party party_id null, opened_at_ms int64
-- out: seen_at_ms int64, ends_at_ms int64, stepped_up_until_ms int64, remote text, agent text
-- rows: one
SELECT id, account, pending, second_factor, party, opened_at_ms, seen_at_ms, ends_at_ms, stepped_up_until_ms, remote,
agent FROM session WHERE token = :token

-- name: session_rows
-- about: Sessions of an account.
-- in: account account_id
-- out: id int64, account account_id, pending bool, second_factor bool, party party_id null, opened_at_ms int64
-- out: seen_at_ms int64, ends_at_ms int64, stepped_up_until_ms int64, remote text, agent text
-- rows: many
SELECT id, account, pending, second_factor, party, opened_at_ms, seen_at_ms, ends_at_ms, stepped_up_until_ms, remote,
agent FROM session WHERE account = :account ORDER BY id DESC LIMIT 200

-- name: session_change
-- about: Another token, and where the session stands.
-- in: id int64, token hash, pending bool, second_factor bool, seen_at_ms int64, ends_at_ms int64
-- in: stepped_up_until_ms int64
-- rows: changed
UPDATE session SET token = :token, pending = :pending, second_factor = :second_factor, seen_at_ms = :seen_at_ms,
ends_at_ms = :ends_at_ms, stepped_up_until_ms = :stepped_up_until_ms WHERE id = :id

-- name: session_seen
-- about: The session is in use.
-- in: id int64, at_ms int64
-- rows: changed
UPDATE session SET seen_at_ms = :at_ms WHERE id = :id

-- name: session_party
-- about: For whom the session acts.
-- in: id int64, party party_id null
-- rows: changed
UPDATE session SET party = :party WHERE id = :id

-- name: session_drop
-- about: Ends one session of an account.
-- in: account account_id, id int64
-- rows: changed
DELETE FROM session WHERE account = :account AND id = :id

-- name: session_drop_others
-- about: Ends the other sessions of an account.
-- in: account account_id, but int64
-- rows: changed
DELETE FROM session WHERE account = :account AND id <> :but

-- name: session_sweep
-- about: Sessions whose time is over.
-- in: now_ms int64
-- rows: changed
DELETE FROM session WHERE ends_at_ms < :now_ms

-- name: session_user
-- about: Who holds a token, with the account's names and settings.
-- in: token hash
-- out: id int64, account account_id, pending bool, second_factor bool, party party_id null, seen_at_ms int64
-- out: ends_at_ms int64, stepped_up_until_ms int64, email text null, name_ar text null, name_latin text null
-- out: disabled_on date null, lang text null, must_change bool, enrolled bool
-- rows: one
SELECT s.id, s.account, s.pending, s.second_factor, s.party, s.seen_at_ms, s.ends_at_ms, s.stepped_up_until_ms,
a.email, a.name_ar, a.name_latin, a.disabled_on, c.lang, c.must_change,
CASE WHEN c.totp_secret IS NULL THEN 0 ELSE 1 END AS enrolled
FROM session AS s JOIN account AS a ON a.id = s.account JOIN credential AS c ON c.account = s.account
WHERE s.token = :token

-- name: sign_up_make
-- about: Somebody wants an account and has to show that the e-mail is his.
-- in: token hash, email text, name_ar text null, name_latin text null, password text, lang text null, ends_at_ms int64
-- rows: none
INSERT INTO sign_up (token, email, name_ar, name_latin, password, lang, ends_at_ms)
VALUES (:token, :email, :name_ar, :name_latin, :password, :lang, :ends_at_ms)

-- name: sign_up_row
-- about: What was asked for with that token.
-- in: token hash
-- out: email text, name_ar text null, name_latin text null, password text, lang text null, ends_at_ms int64
-- rows: one
SELECT email, name_ar, name_latin, password, lang, ends_at_ms FROM sign_up WHERE token = :token

-- name: sign_up_drop
-- about: All that was asked for with that e-mail.
-- in: email text
-- rows: none
DELETE FROM sign_up WHERE email = :email

-- name: sign_up_sweep
-- about: What nobody confirmed in time.
-- in: now_ms int64
-- rows: changed
DELETE FROM sign_up WHERE ends_at_ms < :now_ms

-- name: password_reset_make
-- about: The holder of that token may choose a new password.
-- in: token hash, account account_id, ends_at_ms int64
-- rows: none
INSERT INTO password_reset (token, account, ends_at_ms) VALUES (:token, :account, :ends_at_ms)

-- name: password_reset_row
-- about: Whose password the token changes.
-- in: token hash
-- out: account account_id, ends_at_ms int64
-- rows: one
SELECT account, ends_at_ms FROM password_reset WHERE token = :token

-- name: password_reset_drop
-- about: All tokens of an account.
-- in: account account_id
-- rows: none
DELETE FROM password_reset WHERE account = :account

-- name: password_reset_sweep
-- about: Tokens whose time is over.
-- in: now_ms int64
-- rows: changed
DELETE FROM password_reset WHERE ends_at_ms < :now_ms
