-- include: "access/user.h"
-- include: "acts/act.h"

-- name: signature_insert
-- about: Who signed an act.
-- in: act act_id, account account_id, day date, act_code text, decision text, organ text, capacity text
-- in: appointment act_id, delegation act_id null, level text
-- rows: none
INSERT INTO signature (act, account, day, act_code, decision, organ, capacity, appointment, delegation, level)
VALUES (:act, :account, :day, :act_code, :decision, :organ, :capacity, :appointment, :delegation, :level)

-- name: signature_rows_by
-- about: Acts that an account signed in a period, behind an act.
-- in: account account_id, first date, last date, after act_id
-- out: act act_id, account account_id, day date, act_code text, decision text, organ text, capacity text
-- out: appointment act_id, delegation act_id null, level text
-- rows: many
SELECT act, account, day, act_code, decision, organ, capacity, appointment, delegation, level FROM signature
WHERE account = :account AND day >= :first AND day <= :last AND act > :after ORDER BY act LIMIT 200

-- name: signature_rows_under_appointment
-- about: Acts signed under an appointment, behind an act.
-- in: appointment act_id, after act_id
-- out: act act_id, account account_id, day date, act_code text, decision text, organ text, capacity text
-- out: appointment act_id, delegation act_id null, level text
-- rows: many
SELECT act, account, day, act_code, decision, organ, capacity, appointment, delegation, level FROM signature
WHERE appointment = :appointment AND act > :after ORDER BY act LIMIT 200

-- name: signature_rows_under_delegation
-- about: Acts signed under a delegation, behind an act.
-- in: delegation act_id, after act_id
-- out: act act_id, account account_id, day date, act_code text, decision text, organ text, capacity text
-- out: appointment act_id, delegation act_id null, level text
-- rows: many
SELECT act, account, day, act_code, decision, organ, capacity, appointment, delegation, level FROM signature
WHERE delegation = :delegation AND act > :after ORDER BY act LIMIT 200
