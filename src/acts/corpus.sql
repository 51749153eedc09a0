-- include: "acts/act.h"

-- name: corpus_insert
-- about: A corpus as its act adopts it.
-- in: act act_id, root text, adopted_on date, source text
-- rows: none
INSERT INTO corpus (act, root, adopted_on, source) VALUES (:act, :root, :adopted_on, :source)

-- name: corpus_path_insert
-- about: One file of a corpus, by its hash; a corpus that is adopted again has the same ones.
-- in: root text, path text, sha256 hash
-- rows: none
INSERT INTO corpus_path (root, path, sha256) VALUES (:root, :path, :sha256) ON CONFLICT (root, path) DO NOTHING

-- name: corpus_file_insert
-- about: The bytes of a file, kept once.
-- in: sha256 hash, bytes bytes
-- rows: none
INSERT INTO corpus_file (sha256, bytes) VALUES (:sha256, :bytes) ON CONFLICT (sha256) DO NOTHING

-- name: corpus_last
-- about: The corpus adopted last.
-- out: act act_id, root text, adopted_on date, source text
-- rows: one
SELECT act, root, adopted_on, source FROM corpus ORDER BY act DESC LIMIT 1

-- name: corpus_rows
-- about: All adopted, newest first.
-- out: act act_id, root text, adopted_on date, source text
-- rows: many
SELECT act, root, adopted_on, source FROM corpus ORDER BY act DESC LIMIT 1000

-- name: corpus_file_rows
-- about: The files of a corpus with their bytes, by path.
-- in: root text
-- out: path text, sha256 hash, bytes bytes
-- rows: many
SELECT p.path, p.sha256, f.bytes FROM corpus_path AS p JOIN corpus_file AS f ON f.sha256 = p.sha256
WHERE p.root = :root ORDER BY p.path LIMIT 5000

-- name: setting_insert
-- about: A value as its act sets it.
-- in: act act_id, name text, literal text, from_day date, until_day date null, source text
-- rows: none
INSERT INTO setting (act, name, literal, from_day, until_day, source)
VALUES (:act, :name, :literal, :from_day, :until_day, :source)

-- name: setting_set_repealed
-- about: The act that repeals it.
-- in: act act_id, repealed_act act_id
-- rows: changed
UPDATE setting SET repealed_act = :repealed_act WHERE act = :act AND repealed_act IS NULL

-- name: setting_row
-- about: One value.
-- in: act act_id
-- out: name text, repealed_act act_id null
-- rows: one
SELECT name, repealed_act FROM setting WHERE act = :act

-- name: setting_rows
-- about: Values that stand, oldest first.
-- out: act act_id, name text, literal text, from_day date, until_day date null
-- slow: a register of parameters has a few hundred rows, and all are wanted
-- rows: many
SELECT act, name, literal, from_day, until_day FROM setting WHERE repealed_act IS NULL ORDER BY act LIMIT 5000
