-- name: bench_act_add
-- about: A row as large as an act: number, kind, body, leaf hash.
-- in: id int64, kind text, body text, leaf hash
-- rows: none
INSERT INTO bench_act (id, kind, body, leaf) VALUES (:id, :kind, :body, :leaf)
