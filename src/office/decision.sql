-- include: "office/measure.h"

-- name: proposal_insert
-- about: A decision proposed for signature.
-- in: act int64, dossier dossier_id null, instrument instrument_id null, measure measure_id null, decision text
-- in: reasons text, by_account account_id, day date
-- rows: none
INSERT INTO proposal (act, dossier, instrument, measure, decision, reasons, by_account, day, state, remark)
VALUES (:act, :dossier, :instrument, :measure, :decision, :reasons, :by_account, :day, 'open', '')

-- name: proposal_end
-- about: A proposal that was signed or sent back.
-- in: act int64, state text, remark text
-- rows: changed
UPDATE proposal SET state = :state, remark = :remark WHERE act = :act AND state = 'open'

-- name: proposal_row_get
-- about: A proposal.
-- in: act int64
-- out: act int64, dossier dossier_id null, instrument instrument_id null, measure measure_id null, decision text
-- out: reasons text, by_account account_id, day date, state text, remark text
-- rows: one
SELECT act, dossier, instrument, measure, decision, reasons, by_account, day, state, remark FROM proposal WHERE act = :act

-- name: proposal_rows_open
-- about: What waits for a signature, oldest first.
-- in: after int64, limit int64
-- out: act int64
-- rows: many
SELECT act FROM proposal WHERE state = 'open' AND act > :after ORDER BY act LIMIT :limit

-- name: proposal_of_dossier
-- about: The newest proposal on a dossier.
-- in: dossier dossier_id
-- out: act int64
-- rows: one
SELECT act FROM proposal WHERE dossier = :dossier ORDER BY act DESC LIMIT 1

-- name: proposal_open_of_measure
-- about: The open proposal on a measure.
-- in: measure measure_id
-- out: act int64
-- rows: one
SELECT act FROM proposal WHERE measure = :measure AND state = 'open' ORDER BY act DESC LIMIT 1

-- name: decision_insert
-- about: A decision that was signed.
-- in: act int64, dossier dossier_id null, instrument instrument_id null, measure measure_id null, decision text
-- in: reasons text, proposed_by account_id, signed_by account_id, capacity text, day date
-- rows: none
INSERT INTO decision (act, dossier, instrument, measure, decision, reasons, proposed_by, signed_by, capacity, day)
VALUES (:act, :dossier, :instrument, :measure, :decision, :reasons, :proposed_by, :signed_by, :capacity, :day)

-- name: decision_row_get
-- about: A decision.
-- in: act int64
-- out: act int64, dossier dossier_id null, instrument instrument_id null, measure measure_id null, decision text
-- out: reasons text, proposed_by account_id, signed_by account_id, capacity text, day date
-- rows: one
SELECT act, dossier, instrument, measure, decision, reasons, proposed_by, signed_by, capacity, day FROM decision
WHERE act = :act

-- name: decision_act_of_dossier
-- about: The decision on a dossier.
-- in: dossier dossier_id
-- out: act int64
-- rows: one
SELECT act FROM decision WHERE dossier = :dossier ORDER BY act DESC LIMIT 1

-- name: decision_rows_instrument
-- about: Decisions on an instrument, in order.
-- in: instrument instrument_id
-- out: act int64
-- rows: many
SELECT act FROM decision WHERE instrument = :instrument ORDER BY act LIMIT 200

-- name: decision_rows_signed
-- about: Decisions that an account signed in a period.
-- in: signed_by account_id, from_day date, until_day date, after int64, limit int64
-- out: act int64
-- rows: many
SELECT act FROM decision
WHERE signed_by = :signed_by AND act > :after AND day >= :from_day AND day <= :until_day
ORDER BY act LIMIT :limit
