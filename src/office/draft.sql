-- include: "office/draft.h"

-- name: draft_upsert
-- about: Saves a draft, the only one of its account, party and procedure.
-- in: id draft_id, account account_id, party party_id, procedure_name text, facts text, updated_at_ms int64
-- out: id draft_id
-- rows: exactly_one
INSERT INTO draft (id, account, party, procedure_name, facts, updated_at_ms)
VALUES (:id, :account, :party, :procedure_name, :facts, :updated_at_ms)
ON CONFLICT (account, party, procedure_name) DO UPDATE SET facts = excluded.facts, updated_at_ms = excluded.updated_at_ms
RETURNING id

-- name: draft_update
-- about: Overwrites the facts of a draft.
-- in: id draft_id, facts text, updated_at_ms int64
-- rows: none
UPDATE draft SET facts = :facts, updated_at_ms = :updated_at_ms WHERE id = :id

-- name: draft_row_of
-- about: The draft of an account for a party and a procedure.
-- in: account account_id, party party_id, procedure_name text
-- out: id draft_id
-- rows: one
SELECT id FROM draft WHERE account = :account AND party = :party AND procedure_name = :procedure_name

-- name: draft_row_get
-- about: A draft.
-- in: id draft_id
-- out: id draft_id, account account_id, party party_id, procedure_name text, facts text, updated_at_ms int64
-- rows: one
SELECT id, account, party, procedure_name, facts, updated_at_ms FROM draft WHERE id = :id

-- name: draft_rows_of_account
-- about: Drafts of an account, the newest change first.
-- in: account account_id
-- out: id draft_id, account account_id, party party_id, procedure_name text, facts text, updated_at_ms int64
-- rows: many
SELECT id, account, party, procedure_name, facts, updated_at_ms FROM draft
WHERE account = :account ORDER BY updated_at_ms DESC, id LIMIT 200

-- name: draft_delete
-- about: Throws a draft away.
-- in: id draft_id
-- rows: none
DELETE FROM draft WHERE id = :id

-- name: draft_document_put
-- about: Attaches a paper, in place of one with that code.
-- in: draft draft_id, code text, sha256 hash, filename text
-- rows: none
INSERT INTO draft_document (draft, code, sha256, filename) VALUES (:draft, :code, :sha256, :filename)
ON CONFLICT (draft, code) DO UPDATE SET sha256 = excluded.sha256, filename = excluded.filename

-- name: draft_document_delete
-- about: Takes a paper off a draft.
-- in: draft draft_id, code text
-- rows: none
DELETE FROM draft_document WHERE draft = :draft AND code = :code

-- name: draft_documents_delete
-- about: Takes all papers off a draft.
-- in: draft draft_id
-- rows: none
DELETE FROM draft_document WHERE draft = :draft

-- name: draft_document_rows
-- about: Papers of a draft.
-- in: draft draft_id
-- out: code text, sha256 hash, filename text, media text, size int64
-- rows: many
SELECT d.code, d.sha256, d.filename, p.media, p.size
FROM draft_document AS d JOIN document AS p ON p.sha256 = d.sha256
WHERE d.draft = :draft ORDER BY d.code LIMIT 200
