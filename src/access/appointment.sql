-- include: "access/user.h"
-- include: "acts/act.h"

-- name: appointment_insert
-- about: An appointment as its act makes it.
-- in: act act_id, account account_id, office text, reason text null, from_day date, until_day date null
-- in: basis_number text, basis_day date
-- rows: none
INSERT INTO appointment (act, account, office, reason, from_day, until_day, basis_number, basis_day)
VALUES (:act, :account, :office, :reason, :from_day, :until_day, :basis_number, :basis_day)

-- name: appointment_set_ended
-- about: It ends at that moment.
-- in: act act_id, at_ms int64, end_reason text, ended_act act_id
-- rows: changed
UPDATE appointment SET ended_at_ms = :at_ms, end_reason = :end_reason, ended_act = :ended_act
WHERE act = :act AND ended_at_ms IS NULL

-- name: appointment_row
-- about: One appointment.
-- in: act act_id
-- out: act act_id, account account_id, office text, reason text null, from_day date, until_day date null
-- out: basis_number text, basis_day date, ended_at_ms int64 null, end_reason text null, ended_act act_id null
-- rows: one
SELECT act, account, office, reason, from_day, until_day, basis_number, basis_day, ended_at_ms, end_reason, ended_act
FROM appointment WHERE act = :act

-- name: appointment_rows_of_account
-- about: Appointments of an account.
-- in: account account_id
-- out: act act_id, account account_id, office text, reason text null, from_day date, until_day date null
-- out: basis_number text, basis_day date, ended_at_ms int64 null, end_reason text null, ended_act act_id null
-- rows: many
SELECT act, account, office, reason, from_day, until_day, basis_number, basis_day, ended_at_ms, end_reason, ended_act
FROM appointment WHERE account = :account ORDER BY act DESC LIMIT 200

-- name: appointment_rows_of_office
-- about: Appointments to an office, newest first.
-- in: office text
-- out: act act_id, account account_id, office text, reason text null, from_day date, until_day date null
-- out: basis_number text, basis_day date, ended_at_ms int64 null, end_reason text null, ended_act act_id null
-- rows: many
SELECT act, account, office, reason, from_day, until_day, basis_number, basis_day, ended_at_ms, end_reason, ended_act
FROM appointment WHERE office = :office ORDER BY act DESC LIMIT 200
