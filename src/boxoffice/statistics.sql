-- Totals from counters (statistics.c). Net: what was sold and not cancelled.

-- name: box_office_days
-- about: Totals of days, by day.
-- in: from_day date, to_day date
-- out: day date, admissions int64, takings money
-- rows: many
SELECT day, CAST(sum(sold - cancelled) AS BIGINT) AS admissions, CAST(sum(gross - refunded) AS BIGINT) AS takings
FROM day_count WHERE day >= :from_day AND day <= :to_day GROUP BY day ORDER BY day LIMIT 4000

-- name: box_office_last_day
-- about: The last day up to one that has tickets.
-- in: to_day date
-- out: day date
-- rows: one
SELECT day FROM day_count WHERE day <= :to_day ORDER BY day DESC LIMIT 1

-- name: box_office_films
-- about: Films of some days, those with the greatest takings first. A screening of several films counts for the first.
-- in: from_day date, to_day date, limit int64
-- out: visa text, title text, admissions int64, takings money, screens int64, screenings int64
-- rows: many
SELECT coalesce(screening_film.visa, '') AS visa, CAST(min(screening_film.title) AS TEXT) AS title,
    CAST(sum(screening_count.sold - screening_count.cancelled) AS BIGINT) AS admissions,
    CAST(sum(screening_count.gross - screening_count.refunded) AS BIGINT) AS takings,
    count(DISTINCT screening.screen) AS screens, count(DISTINCT screening.id) AS screenings
FROM screening JOIN screening_film ON screening_film.screening = screening.id AND screening_film.place = 1
JOIN screening_count ON screening_count.screening = screening.id
WHERE screening.day >= :from_day AND screening.day <= :to_day
GROUP BY coalesce(screening_film.visa, ''), CASE WHEN screening_film.visa IS NULL THEN screening_film.title ELSE '' END
ORDER BY takings DESC, visa LIMIT :limit

-- name: box_office_film_until
-- about: A film's whole run up to a day.
-- in: visa text, to_day date
-- out: admissions int64, takings money
-- rows: exactly_one
SELECT CAST(coalesce(sum(screening_count.sold - screening_count.cancelled), 0) AS BIGINT) AS admissions,
    CAST(coalesce(sum(screening_count.gross - screening_count.refunded), 0) AS BIGINT) AS takings
FROM screening_film JOIN screening ON screening.id = screening_film.screening
JOIN screening_count ON screening_count.screening = screening.id
WHERE screening_film.visa = :visa AND screening_film.place = 1 AND screening.day <= :to_day

-- name: box_office_film_first
-- about: A film's first screening.
-- in: visa text
-- out: day date
-- rows: one
SELECT screening.day AS day FROM screening_film JOIN screening ON screening.id = screening_film.screening
WHERE screening_film.visa = :visa ORDER BY screening.day LIMIT 1

-- name: box_office_cinemas
-- about: Cinemas of some days, those with the greatest takings first.
-- in: from_day date, to_day date, limit int64
-- out: code text, name_ar text, name_latin text, city text, admissions int64, takings money
-- rows: many
SELECT cinema.code AS code, cinema.name_ar AS name_ar, cinema.name_latin AS name_latin, cinema.city AS city,
    CAST(sum(day_count.sold - day_count.cancelled) AS BIGINT) AS admissions,
    CAST(sum(day_count.gross - day_count.refunded) AS BIGINT) AS takings
FROM day_count JOIN screen ON screen.id = day_count.screen JOIN cinema ON cinema.id = screen.cinema
WHERE day_count.day >= :from_day AND day_count.day <= :to_day
GROUP BY cinema.code, cinema.name_ar, cinema.name_latin, cinema.city
ORDER BY takings DESC, code LIMIT :limit

-- name: film_titles
-- about: The titles of a film by its visa.
-- in: visa text
-- out: title_ar text, title_latin text
-- rows: one
SELECT title_ar, title_latin FROM film WHERE visa = :visa
