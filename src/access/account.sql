-- Accounts (projection of acts) and their secrets.
-- include: "access/user.h"
-- include: "acts/act.h"

-- name: account_make
-- about: An account as its act opens it.
-- in: id account_id, email text null, name_ar text null, name_latin text null, opened_on date, act act_id
-- rows: none
INSERT INTO account (id, email, name_ar, name_latin, opened_on, act)
VALUES (:id, :email, :name_ar, :name_latin, :opened_on, :act)

-- name: account_describe
-- about: New names and e-mail.
-- in: id account_id, email text null, name_ar text null, name_latin text null
-- rows: changed
UPDATE account SET email = :email, name_ar = :name_ar, name_latin = :name_latin WHERE id = :id

-- name: account_close
-- about: From that day the account does not sign in; without a day it does again.
-- in: id account_id, disabled_on date null
-- rows: changed
UPDATE account SET disabled_on = :disabled_on WHERE id = :id

-- name: account_row
-- about: One account.
-- in: id account_id
-- out: id account_id, email text null, name_ar text null, name_latin text null, opened_on date, disabled_on date null
-- out: act act_id
-- rows: one
SELECT id, email, name_ar, name_latin, opened_on, disabled_on, act FROM account WHERE id = :id

-- name: account_row_by_email
-- about: The account of an e-mail.
-- in: email text
-- out: id account_id, email text null, name_ar text null, name_latin text null, opened_on date, disabled_on date null
-- out: act act_id
-- rows: one
SELECT id, email, name_ar, name_latin, opened_on, disabled_on, act FROM account WHERE email = :email

-- name: account_rows
-- about: Accounts behind a number.
-- in: after account_id, limit int64
-- out: id account_id, email text null, name_ar text null, name_latin text null, opened_on date, disabled_on date null
-- out: act act_id
-- rows: many
SELECT id, email, name_ar, name_latin, opened_on, disabled_on, act FROM account
WHERE id > :after ORDER BY id LIMIT :limit

-- name: credential_make
-- about: The secrets of a new account.
-- in: account account_id, password text null, password_set_at_ms int64, must_change bool, totp_secret bytes null
-- in: lang text null
-- rows: none
INSERT INTO credential (account, password, password_set_at_ms, must_change, totp_secret, totp_step, lang)
VALUES (:account, :password, :password_set_at_ms, :must_change, :totp_secret, 0, :lang)

-- name: credential_row
-- about: What a sign-in compares with.
-- in: account account_id
-- out: password text null, must_change bool, totp_secret bytes null, totp_pending bytes null, totp_step int64
-- out: lang text null
-- rows: one
SELECT password, must_change, totp_secret, totp_pending, totp_step, lang FROM credential WHERE account = :account

-- name: credential_password
-- about: A new password.
-- in: account account_id, password text, password_set_at_ms int64, must_change bool
-- rows: changed
UPDATE credential SET password = :password, password_set_at_ms = :password_set_at_ms, must_change = :must_change
WHERE account = :account

-- name: credential_lang
-- about: The language the person chose.
-- in: account account_id, lang text null
-- rows: changed
UPDATE credential SET lang = :lang WHERE account = :account

-- name: credential_drop
-- about: Nobody signs in with it any more.
-- in: account account_id
-- rows: none
DELETE FROM credential WHERE account = :account

-- name: totp_offer
-- about: A secret that waits for its first code.
-- in: account account_id, secret bytes
-- rows: changed
UPDATE credential SET totp_pending = :secret WHERE account = :account

-- name: totp_accept
-- about: The secret that waited is in force; the step of its first code is used.
-- in: account account_id, step int64
-- rows: changed
UPDATE credential SET totp_secret = totp_pending, totp_pending = NULL, totp_step = :step
WHERE account = :account AND totp_pending IS NOT NULL

-- name: totp_use
-- about: A code is good once: the step must be later than the last one used.
-- in: account account_id, step int64
-- rows: changed
UPDATE credential SET totp_step = :step WHERE account = :account AND totp_step < :step

-- name: totp_drop
-- about: The account has no second factor.
-- in: account account_id
-- rows: changed
UPDATE credential SET totp_secret = NULL, totp_pending = NULL WHERE account = :account

-- name: recovery_code_make
-- about: One code, by its hash.
-- in: account account_id, code hash
-- rows: none
INSERT INTO recovery_code (account, code) VALUES (:account, :code)

-- name: recovery_code_use
-- about: A code is good once.
-- in: account account_id, code hash, used_at_ms int64
-- rows: changed
UPDATE recovery_code SET used_at_ms = :used_at_ms WHERE account = :account AND code = :code AND used_at_ms IS NULL

-- name: recovery_code_left
-- about: How many codes are left.
-- in: account account_id
-- out: count int64
-- rows: exactly_one
SELECT count(*) AS count FROM recovery_code WHERE account = :account AND used_at_ms IS NULL

-- name: recovery_code_drop
-- about: All codes of an account.
-- in: account account_id
-- rows: none
DELETE FROM recovery_code WHERE account = :account
