-- include: "office/measure.h"

-- name: measure_insert
-- about: A breach that an officer found.
-- in: id measure_id, instrument instrument_id, party party_id, ground text, inactive_since date null, found text
-- in: found_on date, act int64
-- rows: none
INSERT INTO measure (id, instrument, party, ground, state, inactive_since, found, found_on, observations, act)
VALUES (:id, :instrument, :party, :ground, 'found', :inactive_since, :found, :found_on, '', :act)

-- name: measure_update
-- about: How far it has come.
-- in: id measure_id, state text, notice_sent_on date null, hearing_offered_on date null, cure_deadline date null
-- in: heard_on date null, observations text, cured_on date null
-- rows: changed
UPDATE measure SET state = :state, notice_sent_on = :notice_sent_on, hearing_offered_on = :hearing_offered_on,
    cure_deadline = :cure_deadline, heard_on = :heard_on, observations = :observations, cured_on = :cured_on
WHERE id = :id

-- name: measure_row_get
-- about: A measure.
-- in: id measure_id
-- out: id measure_id, instrument instrument_id, party party_id, ground text, state text, inactive_since date null
-- out: found text, found_on date, notice_sent_on date null, hearing_offered_on date null, cure_deadline date null
-- out: heard_on date null, observations text, cured_on date null, act int64
-- rows: one
SELECT id, instrument, party, ground, state, inactive_since, found, found_on, notice_sent_on, hearing_offered_on,
    cure_deadline, heard_on, observations, cured_on, act
FROM measure WHERE id = :id

-- name: measure_rows_instrument
-- about: Measures on an instrument, in order.
-- in: instrument instrument_id
-- out: id measure_id
-- rows: many
SELECT id FROM measure WHERE instrument = :instrument ORDER BY id LIMIT 200

-- name: measure_rows_open
-- about: Measures that have not ended, oldest first.
-- in: after measure_id, limit int64
-- out: id measure_id
-- rows: many
SELECT id FROM measure WHERE id > :after AND state IN ('found', 'noticed', 'suspended') ORDER BY id LIMIT :limit

-- name: change_notice_insert
-- about: A change that a holder told of.
-- in: act int64, party party_id, instrument instrument_id null, change_kind text, changed_on date, notified_on date
-- in: verdict text, detail text
-- rows: none
INSERT INTO change_notice (act, party, instrument, change_kind, changed_on, notified_on, verdict, detail)
VALUES (:act, :party, :instrument, :change_kind, :changed_on, :notified_on, :verdict, :detail)
