-- include: "office/dossier.h"

-- name: dossier_insert
-- about: A dossier that was filed.
-- in: id dossier_id, number text, procedure_name text, act_code text, party party_id, state text, corpus_root text
-- in: filed_on date, filed_by text, receipt text, missing text, last_day_to_complete date null, complete_on date null
-- in: decision_days int64, listed bool, due_on date null, act int64
-- rows: none
INSERT INTO dossier (id, number, procedure_name, act_code, party, state, corpus_root, filed_on, filed_by, receipt, missing,
    last_day_to_complete, complete_on, decision_days, listed, replacement_act, replacement_codes, replacement_reason,
    information_asked, information_answer, officer, due_on, act)
VALUES (:id, :number, :procedure_name, :act_code, :party, :state, :corpus_root, :filed_on, :filed_by, :receipt, :missing,
    :last_day_to_complete, :complete_on, :decision_days, :listed, 0, '[]', '', '', '', 0, :due_on, :act)

-- name: dossier_update
-- about: What may change of a dossier.
-- in: id dossier_id, state text, completed_on date null, complete_on date null, replacement_act int64
-- in: replacement_requested_on date null, replacement_received_on date null, replacement_supplied_on date null
-- in: replacement_codes text, replacement_reason text, information_requested_on date null
-- in: information_supplied_on date null, information_asked text, information_answer text, decided_on date null
-- in: officer int64, due_on date null
-- rows: changed
UPDATE dossier SET state = :state, completed_on = :completed_on, complete_on = :complete_on,
    replacement_act = :replacement_act, replacement_requested_on = :replacement_requested_on,
    replacement_received_on = :replacement_received_on, replacement_supplied_on = :replacement_supplied_on,
    replacement_codes = :replacement_codes, replacement_reason = :replacement_reason,
    information_requested_on = :information_requested_on, information_supplied_on = :information_supplied_on,
    information_asked = :information_asked, information_answer = :information_answer, decided_on = :decided_on,
    officer = :officer, due_on = :due_on
WHERE id = :id

-- name: dossier_row_get
-- about: A dossier with the name of its party.
-- in: id dossier_id
-- out: id dossier_id, number text, procedure_name text, act_code text, party party_id, party_ar text, party_latin text
-- out: state text, corpus_root text, filed_on date, filed_by text, receipt text, missing text
-- out: last_day_to_complete date null, completed_on date null, complete_on date null, decision_days int64, listed bool
-- out: replacement_act int64, replacement_requested_on date null, replacement_received_on date null
-- out: replacement_supplied_on date null, replacement_codes text, replacement_reason text
-- out: information_requested_on date null, information_supplied_on date null, information_asked text
-- out: information_answer text, decided_on date null, officer int64, due_on date null, act int64
-- rows: one
SELECT d.id, d.number, d.procedure_name, d.act_code, d.party, p.name_ar AS party_ar, p.name_latin AS party_latin, d.state,
    d.corpus_root, d.filed_on, d.filed_by, d.receipt, d.missing, d.last_day_to_complete, d.completed_on, d.complete_on,
    d.decision_days, d.listed, d.replacement_act, d.replacement_requested_on, d.replacement_received_on,
    d.replacement_supplied_on, d.replacement_codes, d.replacement_reason, d.information_requested_on,
    d.information_supplied_on, d.information_asked, d.information_answer, d.decided_on, d.officer, d.due_on, d.act
FROM dossier AS d JOIN party AS p ON p.id = d.party WHERE d.id = :id

-- name: dossier_id_of_number
-- about: The dossier of that number.
-- in: number text
-- out: id dossier_id
-- rows: one
SELECT id FROM dossier WHERE number = :number

-- name: dossier_document_insert
-- about: A paper that came into the file.
-- in: dossier dossier_id, code text, act int64, sha256 hash, filename text, day date
-- rows: none
INSERT INTO dossier_document (dossier, code, act, sha256, filename, day)
VALUES (:dossier, :code, :act, :sha256, :filename, :day)

-- name: dossier_document_replace
-- about: Papers of that code that an act replaces.
-- in: dossier dossier_id, code text, act int64
-- rows: none
UPDATE dossier_document SET replaced_by = :act
WHERE dossier = :dossier AND code = :code AND act < :act AND replaced_by IS NULL

-- name: dossier_document_rows
-- about: All papers of a dossier, by code, the newest first.
-- in: dossier dossier_id
-- out: code text, act int64, sha256 hash, filename text, day date, replaced_by int64 null, media text null, size int64 null
-- rows: many
SELECT d.code, d.act, d.sha256, d.filename, d.day, d.replaced_by, p.media, p.size
FROM dossier_document AS d LEFT JOIN document AS p ON p.sha256 = d.sha256
WHERE d.dossier = :dossier ORDER BY d.code, d.act DESC LIMIT 1000

-- name: dossier_fact_insert
-- about: A fact of a dossier, as the applicant says or an officer attests.
-- in: dossier dossier_id, name text, act int64, source text, value text, by_whom text, day date
-- rows: none
INSERT INTO dossier_fact (dossier, name, act, source, value, by_whom, day)
VALUES (:dossier, :name, :act, :source, :value, :by_whom, :day)

-- name: dossier_fact_rows
-- about: All facts of a dossier, by name, the newest first.
-- in: dossier dossier_id
-- out: name text, act int64, source text, value text, by_whom text, day date
-- rows: many
SELECT name, act, source, value, by_whom, day FROM dossier_fact
WHERE dossier = :dossier ORDER BY name, act DESC LIMIT 4096

-- name: dossier_act_insert
-- about: An act in the timeline of a dossier.
-- in: dossier dossier_id, act int64, kind text, day date, actor text
-- rows: none
INSERT INTO dossier_act (dossier, act, kind, day, actor) VALUES (:dossier, :act, :kind, :day, :actor)
ON CONFLICT (dossier, act) DO NOTHING

-- name: dossier_act_rows
-- about: The timeline of a dossier.
-- in: dossier dossier_id
-- out: act int64, kind text, day date, actor text
-- rows: many
SELECT act, kind, day, actor FROM dossier_act WHERE dossier = :dossier ORDER BY act LIMIT 1000

-- name: instrument_act_insert
-- about: An act in the timeline of an instrument.
-- in: instrument instrument_id, act int64, kind text, day date, actor text
-- rows: none
INSERT INTO instrument_act (instrument, act, kind, day, actor) VALUES (:instrument, :act, :kind, :day, :actor)
ON CONFLICT (instrument, act) DO NOTHING

-- name: instrument_act_rows
-- about: The timeline of an instrument.
-- in: instrument instrument_id
-- out: act int64, kind text, day date, actor text
-- rows: many
SELECT act, kind, day, actor FROM instrument_act WHERE instrument = :instrument ORDER BY act LIMIT 1000

-- name: dossier_rows_open
-- about: Open dossiers, oldest first. '' matches any procedure, -1 any officer (0: nobody).
-- in: procedure_name text, officer int64, after dossier_id, limit int64
-- out: id dossier_id
-- rows: many
SELECT id FROM dossier
WHERE id > :after AND state IN ('being_deposited', 'under_review', 'awaiting_paper', 'awaiting_information', 'proposed')
    AND (:procedure_name = '' OR procedure_name = :procedure_name) AND (:officer = -1 OR officer = :officer)
ORDER BY id LIMIT :limit

-- name: dossier_rows_state
-- about: Dossiers in one state, oldest first. '' matches any procedure, -1 any officer (0: nobody).
-- in: state text, procedure_name text, officer int64, after dossier_id, limit int64
-- out: id dossier_id
-- rows: many
SELECT id FROM dossier
WHERE state = :state AND id > :after AND (:procedure_name = '' OR procedure_name = :procedure_name)
    AND (:officer = -1 OR officer = :officer)
ORDER BY id LIMIT :limit

-- name: dossier_rows_party
-- about: Dossiers of a party, newest first.
-- in: party party_id, before dossier_id, limit int64
-- out: id dossier_id
-- rows: many
SELECT id FROM dossier WHERE party = :party AND id < :before ORDER BY id DESC LIMIT :limit

-- name: dossier_rows_due
-- about: Dossiers that wait for the applicant and whose day has passed.
-- in: today date, after dossier_id, limit int64
-- out: id dossier_id
-- rows: many
SELECT id FROM dossier
WHERE due_on < :today AND state IN ('being_deposited', 'awaiting_paper') AND id > :after
ORDER BY id LIMIT :limit

-- name: dossier_count_overdue
-- about: Answers that the Centre owes.
-- in: today date
-- out: count int64
-- rows: exactly_one
SELECT CAST(count(*) AS BIGINT) AS count FROM dossier
WHERE due_on < :today AND state IN ('under_review', 'proposed')

-- name: dossier_count_rows
-- about: Dossiers by procedure and state.
-- out: procedure_name text, state text, count int64
-- rows: many
-- slow: a page of statistics counts them all
SELECT procedure_name, state, CAST(count(*) AS BIGINT) AS count FROM dossier
GROUP BY procedure_name, state ORDER BY procedure_name, state LIMIT 1000

-- name: note_insert
-- about: A note of an officer.
-- in: id int64, dossier dossier_id, account account_id, at_ms int64, body text
-- rows: none
INSERT INTO dossier_note (id, dossier, account, at_ms, body) VALUES (:id, :dossier, :account, :at_ms, :body)

-- name: note_rows
-- about: Notes on a dossier.
-- in: dossier dossier_id
-- out: id int64, account account_id, at_ms int64, body text
-- rows: many
SELECT id, account, at_ms, body FROM dossier_note WHERE dossier = :dossier ORDER BY id LIMIT 1000

-- name: dossier_entered
-- about: A dossier of a party that was granted and of which the value is a fact.
-- in: party party_id, value text
-- out: id dossier_id
-- rows: one
SELECT dossier.id FROM dossier JOIN dossier_fact ON dossier_fact.dossier = dossier.id
WHERE dossier.party = :party AND dossier.state = 'granted' AND dossier_fact.value = :value
ORDER BY dossier.id DESC LIMIT 1
