// A cinema connects: taken over from CSV, given a token, it announces, sells, cancels, repeats, and what it sent holds.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { it } from "node:test";
import { gzipSync } from "node:zlib";

const start = "2026-12-24T20:30+00:00";
const sale = (number, more = {}) => ({
    screen: "T012-01", start, series: "N1", number, tariff: "full", price: 6500, at: "2026-11-21T19:58:12.3+00:00", point: "1", ...more,
});
const cancellation = (number) => ({ screen: "T012-01", series: "N1", number, cancels: true, at: "2026-11-21T20:02:40+00:00", point: "1" });
const lines = (...objects) => objects.map((object) => `${JSON.stringify(object)}\n`).join("");

export function tickets(life) {
    const post = async (to, key, body, headers = {}, token = life.token) => {
        const answer = await fetch(`${life.house.url}/api/v1/${to}`, {
            method: "POST",
            body,
            headers: {
                authorization: `Bearer ${token}`, "idempotency-key": key, "content-type": "application/x-ndjson",
                "accept-language": "en", ...headers,
            },
        });
        return { status: answer.status, ...(await answer.json()) };
    };

    it("a cinema is taken over from CSV and its till gets a token", async () => {
        const house = life.house;
        await house.stop();
        const csv = {
            cinemas: "code,name_ar,name_latin,city\nT012,ريالطو,Rialto,Casablanca\nT013,فوكس,Vox,Fes\n",
            screens: "cinema,code,seats,opened_on\nT012,T012-01,3,2020-01-01\nT013,T013-01,100,2020-01-01\n",
            films: "visa,title_ar,title_latin,minutes,nationality,is_moroccan,distributor,visa_on\nTV1,فيلم,Film,95,MA,1,D,2026-01-10\n",
            contracts: "visa,cinema,registered_on\nTV1,T012,2026-02-01\n",
        };
        for (const [kind, text] of Object.entries(csv)) {
            house.markaz(`import ${kind}`, house.keep(`${kind}.csv`, text));
        }
        const made = JSON.parse(house.markaz("tickets token", "--name", "till", "--cinemas", "T012", "--json"));
        life.token = made.token;
        life.system = made.system;
        await house.serve();
    });

    it("it announces, and learns beforehand what would be flagged", async () => {
        const films = [{ visa: "TV1", title: "Film", version: "VF" }];
        const answer = await post("screenings", "p1", lines({ screen: "T012-01", start, films, seats: 3, planned_minutes: 95 },
            { screen: "T012-01", start: "2026-12-24T23:00+00:00", films: [{ visa: null, title: "Film", version: "VF" }] }));
        assert.equal(answer.status, 200);
        assert.equal(answer.accepted, 2);
        assert.deepEqual(answer.flags.map((flag) => flag.norm), ["18.23/35/1.1"]);
    });

    it("the test mode answers in full and stores nothing", async () => {
        const answer = await post("test/tickets", "t1", lines(sale(1), sale(2)));
        assert.equal(answer.accepted, 2);
        assert.equal(answer.test, true);
        const again = await post("test/tickets", "t1", lines(sale(1)));
        assert.equal(again.accepted, 1);
    });

    it("evidence is never refused, repeats change nothing, contradictions are kept apart", async () => {
        const body = lines(sale(1), sale(2), sale(3), sale(5), cancellation(2), sale(9, { screen: "T013-01" })) + "not json\n";
        const answer = await post("tickets", "t1", gzipSync(body), { "content-encoding": "gzip" });
        assert.equal(answer.accepted, 5);
        assert.deepEqual(answer.rejected.map((fault) => [fault.line, fault.code]), [[6, "out_of_scope"], [7, "broken_line"]]);
        assert.deepEqual(answer.gaps, [{ screen: "T012-01", series: "N1", from: 4, to: 4 }]);
        assert.deepEqual(await post("tickets", "t1", body), answer);
        const repeated = await post("tickets", "t2", lines(sale(1), sale(2, { price: 1 }), sale(4)));
        assert.deepEqual([repeated.accepted, repeated.duplicates, repeated.rejected[0].code], [1, 1, "conflict"]);
        assert.deepEqual([repeated.flags[0].norm, repeated.flags[0].tickets], ["18.23/62/1", 1]); // four live tickets, three seats
        assert.deepEqual(repeated.gaps, []);
        assert.equal((await post("tickets", "t1", lines(sale(7)))).status, 409);
    });

    it("what is wrong with a request is said", async () => {
        assert.equal((await post("tickets", "", "")).status, 400);
        assert.equal((await post("tickets", "x1", "", { "content-type": "text/plain" })).status, 415);
        assert.equal((await post("tickets", "x1", "x", { "content-encoding": "br" })).status, 400);
        assert.equal((await post("tickets", "x1", "x", { "content-encoding": "zstd" })).status, 400);
        assert.equal((await post("tickets", "x1", "\n", {}, "00".repeat(32))).status, 401);
        const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
        assert.equal((await post("tickets", "x1", bomb, { "content-encoding": "gzip" })).status, 413);
        assert.equal((await post("tickets", "x2", `${"x\n".repeat(50002)}`)).status, 413);
    });

    it("a CSV says the same as NDJSON", async () => {
        const csv = "screen,start,series,number,tariff,price,at,point\n" +
            `T012-01,${start},N1,6,full,6500,2026-11-21T19:58:12.3+00:00,1\nT012-01,${start},N1,1,full,6500,2026-11-21T19:58:12.3+00:00,1\n`;
        const answer = await post("tickets", "c1", csv, { "content-type": "text/csv" });
        assert.deepEqual([answer.accepted, answer.duplicates], [1, 1]);
    });

    it("the system asks what became of a batch, and whether its day is complete", async () => {
        const get = async (what) =>
            (await fetch(`${life.house.url}/api/v1/${what}`, { headers: { authorization: `Bearer ${life.token}` } })).json();
        assert.equal((await get("batches/t1")).accepted, 5);
        const [screen] = (await get("compliance/2026-12-24")).screens;
        assert.deepEqual([screen.screen, screen.complete, screen.late, screen.sold, screen.cancelled], ["T012-01", true, false, 6, 1]);
        assert.equal((await get("compliance/2026-10-01")).screens[0].late, true);
    });

    it("anyone reads the day's ranking", async () => {
        const { boxOfficeResult } = await (await fetch(`${life.house.url}/api/v1/boxoffice/daily?day=2026-12-24`)).json();
        const [film] = boxOfficeResult.dailyBoxOfficeList;
        assert.deepEqual([film.movieCd, film.audiCnt, film.salesAmt, film.salesShare], ["TV1", "5", "325.00", "100.0"]);
        for (const lang of ["ar", "fr", "en"]) {
            assert.equal((await fetch(`${life.house.url}/boxoffice?lang=${lang}`)).status, 200);
        }
    });

    it("markaz push sends a folder, each ticket once, whatever interrupts it", async () => {
        const spool = path.join(life.house.folder, "spool");
        mkdirSync(spool);
        const tokenFile = life.house.keep("token", life.token);
        for (let file = 0; file < 10; file++) {
            const sales = Array.from({ length: 20 }, (_, i) => sale(file * 20 + i + 1, { series: "P" }));
            writeFileSync(path.join(spool, `s${file}.ndjson`), lines(...sales));
        }
        const markaz = process.env.MARKAZ ?? "build/markaz";
        const words = ["push", "--spool", spool, "--token-file", tokenFile, "--once", "--tries", "1", "--to"];
        assert.equal(spawnSync(markaz, [...words, "http://127.0.0.1:9"]).status, 3);
        for (const wait of [40, 60, 80, 100]) {
            spawnSync(markaz, [...words, life.house.url], { timeout: wait, killSignal: "SIGKILL" });
        }
        assert.equal(spawnSync(markaz, [...words, life.house.url]).status, 0);
        assert.equal(readdirSync(path.join(spool, "sent")).length, 20);
    });

    it("all of it is what was counted, comes out as it came in, and a revoked token ends", async () => {
        const house = life.house;
        await house.stop();
        assert.match(house.markaz("tickets verify"), /207 lines .* 0 faults/);
        assert.equal(house.markaz("tickets export").trim().split("\n").filter((line) => line.includes('"T012-01"')).length, 207);
        house.markaz(`tickets revoke ${life.system}`);
        await house.serve();
        assert.equal((await post("tickets", "r1", lines(sale(50)))).status, 403);
    });
}
