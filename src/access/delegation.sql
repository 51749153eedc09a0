-- include: "access/user.h"
-- include: "acts/act.h"

-- name: delegation_insert
-- about: A delegation as its act gives it.
-- in: act act_id, delegate account_id, delegator account_id, appointment act_id, number text, signed_on date
-- in: from_day date, until_day date, published_on date null, published_in text null
-- rows: none
INSERT INTO delegation (act, delegate, delegator, appointment, number, signed_on, from_day, until_day, published_on,
published_in)
VALUES (:act, :delegate, :delegator, :appointment, :number, :signed_on, :from_day, :until_day, :published_on,
:published_in)

-- name: delegation_scope_insert
-- about: One act and decision that it covers.
-- in: delegation act_id, act_code text, decision text
-- rows: none
INSERT INTO delegation_scope (delegation, act_code, decision) VALUES (:delegation, :act_code, :decision)

-- name: delegation_set_published
-- about: Where and when it was published.
-- in: act act_id, published_on date, published_in text
-- rows: changed
UPDATE delegation SET published_on = :published_on, published_in = :published_in
WHERE act = :act AND published_on IS NULL

-- name: delegation_set_ended
-- about: It ends at that moment.
-- in: act act_id, at_ms int64
-- rows: changed
UPDATE delegation SET ended_at_ms = :at_ms WHERE act = :act AND ended_at_ms IS NULL

-- name: delegation_row
-- about: One delegation.
-- in: act act_id
-- out: act act_id, delegate account_id, delegator account_id, appointment act_id, number text, signed_on date
-- out: from_day date, until_day date, published_on date null, published_in text null, ended_at_ms int64 null
-- rows: one
SELECT act, delegate, delegator, appointment, number, signed_on, from_day, until_day, published_on, published_in,
ended_at_ms FROM delegation WHERE act = :act

-- name: delegation_rows
-- about: Delegations, newest first.
-- in: before act_id
-- out: act act_id, delegate account_id, delegator account_id, appointment act_id, number text, signed_on date
-- out: from_day date, until_day date, published_on date null, published_in text null, ended_at_ms int64 null
-- rows: many
SELECT act, delegate, delegator, appointment, number, signed_on, from_day, until_day, published_on, published_in,
ended_at_ms FROM delegation WHERE act < :before ORDER BY act DESC LIMIT 200

-- name: delegation_lines
-- about: What a delegation covers.
-- in: delegation act_id
-- out: act_code text, decision text
-- rows: many
SELECT act_code, decision FROM delegation_scope WHERE delegation = :delegation ORDER BY act_code, decision LIMIT 1000

-- name: delegation_covering
-- about: The oldest delegation in force that covers a decision, under an appointment in force.
-- in: delegate account_id, act_code text, decision text, today date
-- out: act act_id
-- rows: one
SELECT d.act FROM delegation AS d JOIN delegation_scope AS s
ON s.delegation = d.act AND s.act_code = :act_code AND s.decision = :decision
JOIN appointment AS p ON p.act = d.appointment
WHERE d.delegate = :delegate AND d.from_day <= :today AND d.until_day >= :today AND d.published_on <= :today
AND d.ended_at_ms IS NULL AND p.from_day <= :today AND (p.until_day IS NULL OR p.until_day >= :today)
AND p.ended_at_ms IS NULL
ORDER BY d.act LIMIT 1
