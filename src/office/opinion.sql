-- include: "office/dossier.h"

-- name: opinion_insert
-- about: The opinion of a body, as its secretary recorded it.
-- in: act int64, dossier dossier_id, body text, kind text, held_on date, verdict text, facts text, recused text, day date
-- rows: none
INSERT INTO opinion (act, dossier, body, kind, held_on, verdict, facts, recused, day)
VALUES (:act, :dossier, :body, :kind, :held_on, :verdict, :facts, :recused, :day)

-- name: opinion_row_of_dossier
-- about: The newest opinion on a dossier.
-- in: dossier dossier_id
-- out: act int64, dossier dossier_id, body text, kind text, held_on date, verdict text, facts text, recused text, day date
-- rows: one
SELECT act, dossier, body, kind, held_on, verdict, facts, recused, day FROM opinion WHERE dossier = :dossier
ORDER BY act DESC LIMIT 1

-- name: opinion_forget
-- about: Who stood aside in the opinions of a body, erased.
-- in: body text
-- rows: changed
UPDATE opinion SET recused = '' WHERE body = :body
