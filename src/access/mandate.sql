-- include: "access/user.h"
-- include: "acts/act.h"

-- name: mandate_make
-- about: A mandate as its act gives it.
-- in: act act_id, account account_id, party party_id, role text, from_day date, until_day date null
-- in: document hash null, verified_act act_id null
-- rows: none
INSERT INTO mandate (act, account, party, role, from_day, until_day, document, verified_act)
VALUES (:act, :account, :party, :role, :from_day, :until_day, :document, :verified_act)

-- name: mandate_set_verified
-- about: The act by which an officer has seen the proof.
-- in: act act_id, verified_act act_id
-- rows: changed
UPDATE mandate SET verified_act = :verified_act WHERE act = :act

-- name: mandate_set_ended
-- about: The mandate ends at that moment.
-- in: act act_id, at_ms int64
-- rows: changed
UPDATE mandate SET ended_at_ms = :at_ms WHERE act = :act AND ended_at_ms IS NULL

-- name: mandate_row
-- about: One mandate.
-- in: act act_id
-- out: act act_id, account account_id, party party_id, role text, from_day date, until_day date null
-- out: document hash null, verified_act act_id null, ended_at_ms int64 null
-- rows: one
SELECT act, account, party, role, from_day, until_day, document, verified_act, ended_at_ms FROM mandate
WHERE act = :act

-- name: mandate_rows_of_account
-- about: Mandates of an account, in force on a day.
-- in: account account_id, today date
-- out: act act_id, account account_id, party party_id, role text, from_day date, until_day date null
-- out: document hash null, verified_act act_id null, ended_at_ms int64 null
-- rows: many
SELECT act, account, party, role, from_day, until_day, document, verified_act, ended_at_ms FROM mandate
WHERE account = :account AND from_day <= :today AND (until_day IS NULL OR until_day >= :today) AND ended_at_ms IS NULL
ORDER BY act LIMIT 1000

-- name: mandate_rows_of_party
-- about: Mandates for a party, in force on a day.
-- in: party party_id, today date
-- out: act act_id, account account_id, party party_id, role text, from_day date, until_day date null
-- out: document hash null, verified_act act_id null, ended_at_ms int64 null
-- rows: many
SELECT act, account, party, role, from_day, until_day, document, verified_act, ended_at_ms FROM mandate
WHERE party = :party AND from_day <= :today AND (until_day IS NULL OR until_day >= :today) AND ended_at_ms IS NULL
ORDER BY act LIMIT 1000
