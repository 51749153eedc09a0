-- include: "access/user.h"
-- include: "acts/act.h"

-- name: role_held_make
-- about: A role as its act gives it.
-- in: act act_id, account account_id, role text, from_day date
-- rows: none
INSERT INTO role_held (act, account, role, from_day) VALUES (:act, :account, :role, :from_day)

-- name: role_held_end
-- about: The role ends at that moment.
-- in: account account_id, role text, at_ms int64
-- rows: changed
UPDATE role_held SET ended_at_ms = :at_ms WHERE account = :account AND role = :role AND ended_at_ms IS NULL

-- name: role_held_now
-- about: Roles of an account that did not end.
-- in: account account_id, today date
-- out: role text
-- rows: many
SELECT role FROM role_held WHERE account = :account AND from_day <= :today AND ended_at_ms IS NULL
ORDER BY role LIMIT 50

-- name: role_held_by
-- about: Accounts with a role that did not end.
-- in: role text
-- out: account account_id
-- rows: many
SELECT account FROM role_held WHERE role = :role AND ended_at_ms IS NULL ORDER BY act LIMIT 1000

-- name: authority_now
-- about: Whether the account decides now: an appointment as director, or a delegation.
-- in: account account_id, today date
-- out: appointed int64, secretary_general int64, delegated int64
-- rows: exactly_one
SELECT (SELECT count(*) FROM appointment WHERE account = :account AND office IN ('director', 'acting_director')
AND from_day <= :today AND (until_day IS NULL OR until_day >= :today) AND ended_at_ms IS NULL) AS appointed,
(SELECT count(*) FROM appointment WHERE account = :account AND office = 'secretary_general'
AND from_day <= :today AND (until_day IS NULL OR until_day >= :today) AND ended_at_ms IS NULL) AS secretary_general,
(SELECT count(*) FROM delegation AS d JOIN appointment AS p ON p.act = d.appointment WHERE d.delegate = :account
AND d.from_day <= :today AND d.until_day >= :today AND d.published_on <= :today AND d.ended_at_ms IS NULL
AND p.from_day <= :today AND (p.until_day IS NULL OR p.until_day >= :today) AND p.ended_at_ms IS NULL) AS delegated
