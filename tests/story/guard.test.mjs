// What every answer carries and what the house refuses: headers, cookies, slow and greedy clients, the sandbox, bad
// questions in three languages and a full disk.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { connect } from "node:net";
import { request } from "node:https";
import { after, before, test } from "node:test";
import { Person, company, found, markaz, root, run, signIn } from "./theft_house.mjs";

const languages = ["ar", "fr", "en"];
const routes = run("help", "--routes").trim().split("\n").map((line) => JSON.parse(line));
const pages = routes.filter((row) => row.method === "GET" && row.roles.includes("public") && !row.pattern.includes("{")).map((row) => row.pattern);
let house;
let nobody;

before(async () => {
    house = await found({ people: { applicant: [] } });
    nobody = new Person(house);
});
after(() => house?.stop());

// Bytes to the house and what comes back until it closes or ms are over.
function raw(bytes, ms = 4000) {
    return new Promise((resolve) => {
        const { hostname, port } = new URL(house.url);
        const socket = connect(Number(port), hostname, () => socket.write(bytes));
        let said = "";
        const timer = setTimeout(() => socket.destroy(), ms);
        socket.on("data", (more) => (said += more));
        socket.on("error", () => {});
        socket.on("close", () => {
            clearTimeout(timer);
            resolve(said);
        });
    });
}

test("every public page forbids frames, sniffing and foreign or inline scripts, and has none", async () => {
    assert.ok(pages.length > 12, String(pages));
    for (const page of [...pages, "/nowhere"]) {
        const answer = await nobody.get(page);
        const policy = answer.headers.get("content-security-policy");
        assert.match(policy, /default-src 'none'/, page);
        assert.match(policy, /frame-ancestors 'none'/, page);
        assert.match(policy, /base-uri 'none'/, page);
        assert.doesNotMatch(policy, /unsafe|\*/, page);
        assert.equal(answer.headers.get("x-content-type-options"), "nosniff", page);
        assert.equal(answer.headers.get("referrer-policy"), "same-origin", page);
        if (/html/.test(answer.headers.get("content-type") ?? "")) {
            assert.doesNotMatch(answer.text, /<script(?![^>]*\ssrc=)|\sstyle="|\son\w+="|javascript:/i, page);
        }
    }
});

test("cookies are for this site's requests and not for scripts; over TLS they are __Host- and Secure", async () => {
    const plain = await new Person(house).get("/sign-in");
    for (const line of plain.headers.getSetCookie()) assert.match(line, /HttpOnly.*SameSite|SameSite.*HttpOnly/i);
    const safe = await found({ serve: ["--tls", "self-signed"] });
    try {
        const answer = await new Promise((resolve, reject) =>
            request(new URL("/sign-in", safe.url), { rejectUnauthorized: false }, resolve).on("error", reject).end(),
        );
        assert.equal(answer.statusCode, 200);
        assert.ok(answer.headers["set-cookie"].length > 0);
        for (const line of answer.headers["set-cookie"]) {
            assert.match(line, /^__Host-/);
            for (const word of [/;\s*Secure/i, /;\s*HttpOnly/i, /;\s*SameSite=(Lax|Strict)/i, /;\s*Path=\//i]) assert.match(line, word);
        }
        assert.match(answer.headers["strict-transport-security"], /max-age=\d{7,}/);
    } finally {
        await safe.stop();
    }
});

test("headers beyond measure are refused, and the house goes on", async () => {
    const said = await raw(`GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${"a".repeat(128 * 1024)}\r\n\r\n`);
    assert.match(said, /^(HTTP\/1\.1 (431|400|413)|$)/);
    const many = await raw(`GET / HTTP/1.1\r\nHost: a\r\n${"X-A: b\r\n".repeat(20000)}\r\n`);
    assert.match(many, /^(HTTP\/1\.1 (431|400|413)|$)/);
    assert.equal((await nobody.get("/health")).status, 200);
});

test("an address that asks too often is told to wait, in its own language", async () => {
    const strict = await found({ serve: ["--rate", "20"] });
    try {
        for (const [language, word] of [["ar", /lang="ar"/], ["fr", /lang="fr"/], ["en", /lang="en"/]]) {
            const hasty = new Person(strict, language);
            let last;
            for (let i = 0; i < 40; i++) last = await hasty.get("/");
            assert.equal(last.status, 429);
            assert.ok(Number(last.headers.get("retry-after")) > 0);
            assert.match(last.text, word);
        }
    } finally {
        await strict.stop();
    }
});

test("a bad question to a check is refused in three languages, and the form keeps what was typed", async () => {
    const deep = "[".repeat(1000) + "]".repeat(1000);
    const bad = [
        ["/api/v1/checks/no-such-check?facts={}", [404, 422, 400]],
        ["/api/v1/checks/production-licence?facts={", [400]],
        [`/api/v1/checks/production-licence?facts={"tax_regular":${deep}}`, [400, 413, 422]],
        ["/api/v1/checks/production-licence?facts=" + encodeURIComponent('{"tax_regular":"maybe"}'), [400, 422]],
        ["/api/v1/checks/production-licence?facts={}&as_of=2025-02-30", [400]],
        ["/api/v1/checks/fine?facts=" + encodeURIComponent('{"infringement":99999999999999999999999999}'), [400, 422]],
    ];
    for (const language of languages) {
        const person = new Person(house, language);
        const told = new Set();
        for (const [target, statuses] of bad) {
            const answer = await person.get(target);
            assert.ok(statuses.includes(answer.status), `${target.slice(0, 90)}: ${answer.status} ${answer.text}`);
            told.add(JSON.stringify(JSON.parse(answer.text)));
        }
        const page = await person.get("/checks/production-licence?ask=1&as_of=2025-02-30&facts.governing_law=Nowhere");
        assert.ok([200, 422].includes(page.status));
        assert.match(page.text, /value="Nowhere"/);
        assert.match(page.text, /value="2025-02-30"/);
        assert.match(page.text, /class="fault"/);
        const before = await person.get("/checks/production-licence?ask=1&as_of=1999-01-01");
        assert.equal(before.status, 200, "a day before the law is a question, not a fault");
    }
});

test("invalid UTF-8 and marks that turn names around are refused, all faults at once", async () => {
    const applicant = await signIn(house, "applicant");
    for (const language of languages) {
        applicant.jar.set("lang", language);
        const turned = await applicant.submit("/parties/new", /^\/parties\/new$/, { ...company, name_latin: "Atlas \u202Egnp.exe", ice: "12", capital: "99999999999999999999999" });
        assert.equal(turned.status, 422);
        assert.match(turned.text, new RegExp(`lang="${language}"`));
        assert.ok((turned.text.match(/class="fault"/g) ?? []).length >= 3, "all at once");
        assert.match(turned.text, /شركة الأطلس للإنتاج/, "nothing is lost");
        const form = await applicant.fill("/parties/new", /^\/parties\/new$/, {});
        const broken = await applicant.ask("POST", "/parties/new", {
            body: Buffer.concat([Buffer.from(`csrf=${applicant.csrf}&once=${form.fields.once}${language}&name_ar=`), Buffer.from([0xff, 0xfe])]),
            headers: { "content-type": "application/x-www-form-urlencoded" },
        });
        assert.ok([400, 422].includes(broken.status), String(broken.status));
    }
});

test("`markaz check` says what is wrong, line by line, and how it ended", () => {
    const ask = (input, ...words) => spawnSync(markaz, ["check", ...words], { input, encoding: "utf8", cwd: root, env: { ...process.env, LC_ALL: "C" } });
    const lines = [
        '{"id":"good","check":"accreditation-required","as_of":"2026-03-01","facts":{"client_kind":"natural","client_moroccan":true,"client_resident_ma":true}}',
        "{",
        '{"id":"no","check":"no-such-check","as_of":"2026-03-01","facts":{}}',
        '{"id":"day","check":"accreditation-required","as_of":"2026-02-30","facts":{}}',
        '{"id":"type","check":"accreditation-required","as_of":"2026-03-01","facts":{"client_moroccan":"maybe"}}',
        "[".repeat(1000) + "]".repeat(1000),
    ];
    const batch = ask(lines.join("\n") + "\n", "--batch", "-");
    const answers = batch.stdout.trim().split("\n").map((line) => JSON.parse(line));
    assert.equal(answers.length, lines.length, batch.stderr);
    assert.equal(answers[0].results?.required ?? answers[0].required, "national", batch.stdout);
    for (const answer of answers.slice(1)) assert.ok(answer.error, JSON.stringify(answer));
    assert.equal(batch.status, 1);
    assert.equal(ask("", "--no-such-option").status, 2);
});

test("the guide answers by the law's own checks: another client, another accreditation; another work, another paper", async () => {
    const acts = async (question) => [...(await nobody.get(`/guide?ask=1&${question}`)).text.matchAll(/<h3><a href="\/procedures\/([^"]+)"/g)].map((found) => found[1]);
    assert.deepEqual(await acts("do=others&client=resident"), ["production-licence", "national-accreditation"]);
    assert.deepEqual(await acts("do=others&client=foreign_law"), ["production-licence", "international-accreditation"]);
    assert.deepEqual(await acts("do=shooting&work=film"), ["shooting-permit"]);
    assert.deepEqual(await acts("do=shooting&work=student"), ["student-shooting-declaration"]);
    assert.deepEqual(await acts("do=shooting&do=scouting&work=private"), []);
    assert.deepEqual(await acts("do=nothing-known&who=%3Cb%3E"), []);
    for (const language of languages) {
        const page = await new Person(house, language).get("/guide?ask=1&do=cinema&who=natural_person");
        assert.equal(page.status, 200);
        assert.match(page.text, /href="\/law\/18\.23\/50#/);
    }
    for (const page of ["/", "/procedures"]) assert.match((await nobody.get(page)).text, /href="\/guide"/);
});
