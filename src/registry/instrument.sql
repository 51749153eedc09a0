-- include: "registry/instrument.h"

-- name: instrument_insert
-- about: An instrument that was granted or taken over.
-- in: id instrument_id, kind text, number text, party party_id, granted_on date, valid_until date null
-- in: status text, status_on date, dossier dossier_id null, taken_over bool, act int64
-- rows: none
INSERT INTO instrument (id, kind, number, party, granted_on, valid_until, status, status_on, dossier, taken_over, act)
VALUES (:id, :kind, :number, :party, :granted_on, :valid_until, :status, :status_on, :dossier, :taken_over, :act)

-- name: instrument_status_set
-- about: Its new state.
-- in: id instrument_id, status text, status_on date
-- rows: changed
UPDATE instrument SET status = :status, status_on = :status_on WHERE id = :id

-- name: instrument_event_insert
-- about: A change of state, on its day.
-- in: instrument instrument_id, act int64, day date, status text
-- rows: none
INSERT INTO instrument_event (instrument, act, day, status) VALUES (:instrument, :act, :day, :status)

-- name: instrument_row_get
-- about: An instrument with its holder.
-- in: id instrument_id
-- out: id instrument_id, kind text, number text, party party_id, holder_ar text, holder_latin text, granted_on date
-- out: valid_until date null, status text, status_on date, dossier dossier_id null, taken_over bool, act int64
-- rows: one
SELECT i.id, i.kind, i.number, i.party, p.name_ar AS holder_ar, p.name_latin AS holder_latin, i.granted_on, i.valid_until,
    i.status, i.status_on, i.dossier, i.taken_over, i.act
FROM instrument AS i JOIN party AS p ON p.id = i.party WHERE i.id = :id

-- name: instrument_id_of_number
-- about: The instrument of that number.
-- in: number text
-- out: id instrument_id
-- rows: one
SELECT id FROM instrument WHERE number = :number

-- name: instrument_ids_of_party
-- about: Instruments of a party, newest first.
-- in: party party_id
-- out: id instrument_id
-- rows: many
SELECT id FROM instrument WHERE party = :party ORDER BY id DESC LIMIT 500

-- name: instrument_id_held
-- about: The newest instrument of a kind that a party holds and that has not ended.
-- in: party party_id, kind text, today date
-- out: id instrument_id
-- rows: one
SELECT id FROM instrument
WHERE party = :party AND kind = :kind AND status IN ('granted', 'suspended')
    AND (valid_until IS NULL OR valid_until >= :today)
ORDER BY id DESC LIMIT 1

-- name: instrument_event_rows
-- about: The states of an instrument, in order.
-- in: instrument instrument_id
-- out: act int64, day date, status text
-- rows: many
SELECT act, day, status FROM instrument_event WHERE instrument = :instrument ORDER BY day, act LIMIT 1000

-- name: instrument_prefix_of_kind
-- about: The letters of a kind's numbers.
-- in: kind text
-- out: prefix text
-- rows: one
SELECT prefix FROM instrument_series WHERE kind = :kind

-- name: instrument_kind_of_prefix
-- about: The kind whose numbers begin so.
-- in: prefix text
-- out: kind text
-- rows: one
SELECT kind FROM instrument_series WHERE prefix = :prefix

-- name: instrument_prefix_insert
-- about: Keeps the letters of a kind.
-- in: kind text, prefix text
-- rows: none
INSERT INTO instrument_series (kind, prefix) VALUES (:kind, :prefix) ON CONFLICT DO NOTHING
