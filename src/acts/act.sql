-- The register of acts: rows are added, and persons erased; nothing else is ever changed.

-- name: act_insert
-- about: Adds an act.
-- in: number int64, kind text, version int64, sealed bool, day date, at_ms int64, actor text, corpus_root hash
-- in: subject text null, instrument text null, status text null, body text, receipt text null, secret hash
-- in: commitments bytes, leaf hash
-- rows: none
INSERT INTO act (number, kind, version, sealed, day, at_ms, actor, corpus_root, subject, instrument, status, body,
    receipt, secret, commitments, leaf)
VALUES (:number, :kind, :version, :sealed, :day, :at_ms, :actor, :corpus_root, :subject, :instrument, :status, :body,
    :receipt, :secret, :commitments, :leaf)

-- name: act_person_insert
-- about: Adds a person whom an act concerns.
-- in: act int64, place int64, subject text, role text, data text, salt hash, commitment hash
-- rows: none
INSERT INTO act_person (act, place, subject, role, data, salt, commitment)
VALUES (:act, :place, :subject, :role, :data, :salt, :commitment)

-- name: act_document_insert
-- about: Adds a document that an act names.
-- in: act int64, place int64, sha256 hash, code text
-- rows: none
INSERT INTO act_document (act, place, sha256, code) VALUES (:act, :place, :sha256, :code)

-- name: act_rows
-- about: Acts behind a number, whole.
-- in: after int64, limit int64
-- out: number int64, kind text, version int64, sealed bool, day date, at_ms int64, actor text, corpus_root hash
-- out: subject text null, instrument text null, status text null, body text, receipt text null, secret hash
-- out: commitments bytes, leaf hash
-- rows: many
SELECT number, kind, version, sealed, day, at_ms, actor, corpus_root, subject, instrument, status, body, receipt, secret,
    commitments, leaf
FROM act WHERE number > :after ORDER BY number LIMIT :limit

-- name: act_row
-- about: One act.
-- in: number int64
-- out: number int64, kind text, version int64, sealed bool, day date, at_ms int64, actor text, corpus_root hash
-- out: subject text null, instrument text null, status text null, body text, receipt text null, secret hash
-- out: commitments bytes, leaf hash
-- rows: one
SELECT number, kind, version, sealed, day, at_ms, actor, corpus_root, subject, instrument, status, body, receipt, secret,
    commitments, leaf
FROM act WHERE number = :number

-- name: act_entry_rows
-- about: What the public entries of acts behind a number are made of.
-- in: after int64, limit int64
-- out: number int64, kind text, sealed bool, day date, corpus_root hash, instrument text null, status text null
-- out: commitments bytes
-- rows: many
SELECT number, kind, sealed, day, corpus_root, instrument, status, commitments
FROM act WHERE number > :after ORDER BY number LIMIT :limit

-- name: act_leaf_rows
-- about: Leaf hashes behind a number.
-- in: after int64, limit int64
-- out: leaf hash
-- rows: many
SELECT leaf FROM act WHERE number > :after ORDER BY number LIMIT :limit

-- name: act_last_number
-- about: The number of the last act, which is the size of the log.
-- out: number int64
-- rows: one
SELECT number FROM act ORDER BY number DESC LIMIT 1

-- name: act_numbers_of_subject
-- about: Acts of a subject behind a number.
-- in: subject text, after int64, limit int64
-- out: number int64
-- rows: many
SELECT number FROM act WHERE subject = :subject AND number > :after ORDER BY number LIMIT :limit

-- name: act_numbers_of_instrument
-- about: Acts that state an instrument in clear, behind a number.
-- in: instrument text, after int64, limit int64
-- out: number int64
-- rows: many
SELECT number FROM act WHERE instrument = :instrument AND number > :after ORDER BY number LIMIT :limit

-- name: act_numbers_of_person
-- about: Acts that concern a person, behind a number.
-- in: subject text, after int64, limit int64
-- out: number int64
-- rows: many
SELECT DISTINCT act AS number FROM act_person WHERE subject = :subject AND act > :after ORDER BY act LIMIT :limit

-- name: act_person_rows
-- about: Persons of the acts from one number to another.
-- in: first int64, last int64
-- out: act int64, place int64, subject text, role text, data text null, salt hash null, commitment hash
-- out: erased_by int64 null
-- rows: many
SELECT act, place, subject, role, data, salt, commitment, erased_by
FROM act_person WHERE act >= :first AND act <= :last ORDER BY act, place LIMIT 10000

-- name: act_document_rows
-- about: Documents of the acts from one number to another.
-- in: first int64, last int64
-- out: act int64, place int64, sha256 hash, code text
-- rows: many
SELECT act, place, sha256, code FROM act_document WHERE act >= :first AND act <= :last ORDER BY act, place LIMIT 10000

-- name: act_person_erase
-- about: Takes salt and data of a person away from all acts up to one: the proofs of these acts stay.
-- in: subject text, erased_by int64
-- rows: changed
UPDATE act_person SET data = NULL, salt = NULL, erased_by = coalesce(erased_by, :erased_by)
WHERE subject = :subject AND act < :erased_by

-- name: act_kept_rows
-- about: Persons with data in acts before a number: none may be left of whom that act erased.
-- in: subject text, before int64
-- out: act int64
-- rows: many
SELECT act FROM act_person WHERE subject = :subject AND act < :before AND data IS NOT NULL ORDER BY act LIMIT 100
