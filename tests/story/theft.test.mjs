// Every address of the table (`markaz help --routes`), asked by nobody, by an account of each role, and by another
// company with the numbers of the first one's dossier, letter and instrument: whoever the row or the holder does not
// admit gets a refusal, never a page, never a fault of the house, never somebody else's data. Every form without its
// token is refused, and sent twice has its effect once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person, allGood, attached, company, formOf, found, markaz, otherCompany, papers, registerCompany, run, signIn, stepUp } from "./theft_house.mjs";

const staff = ["officer", "secretary", "member", "inspector", "accountant", "administrator", "auditor", "counter"];
const routes = run("help", "--routes").trim().split("\n").map((line) => JSON.parse(line));
const secret = /Atlas Production|الأطلس للإنتاج|001561191000066/;
let house;
const persons = {}; // by role, and nobody, applicant, other
const ids = { procedure: "production-licence", check: "production-licence", text: "18.23", article: "2", hash: "0", name: "x", "path*": "checkpoint", "number*": "1", year: "2026" };
const twice = new Set(); // names of the POST rows whose form was sent twice

// How many acts the register holds, as its public log says.
async function acts() {
    return Number((await persons.nobody.get("/log/checkpoint")).text.split("\n")[1]);
}

// Sends a form twice with the same key: the second time nothing happens, and the answer is the first one's.
async function sendTwice(person, target, action, fields) {
    const form = await person.fill(target, action, fields);
    assert.ok(form.fields.once, `${form.action}: no key`);
    const first = await person.post(form.action, form.fields);
    assert.equal(first.status, 303, `${form.action}: ${first.text.match(/fault-summary[\s\S]{0,900}/)?.[0] ?? first.status}`);
    const before = await acts();
    const second = await person.post(form.action, form.fields);
    assert.deepEqual([second.status, second.location], [303, first.location], `${form.action} twice`);
    assert.equal(await acts(), before, `${form.action} twice: acted twice`);
    const row = routes.find((each) => each.method === "POST" && matches(each.pattern, form.action));
    twice.add(row.name);
    return first;
}
const matches = (pattern, target) => new RegExp(`^${pattern.replace(/\{[^}]*\*\}/, ".*").replace(/\{[^}]*\}/g, "[^/]+")}$`).test(new URL(target, "http://a").pathname);

// Brings one licence through the house, so that there is something to steal at every address.
async function thread() {
    const { applicant, officer, director } = persons;
    await sendTwice(applicant, "/parties/new", /^\/parties\/new$/, company);
    await registerCompany(persons.other, otherCompany);
    await sendTwice(applicant, "/dossiers/new/production-licence", /production-licence$/, { ...attached, review: "1" });
    const filed = await sendTwice(applicant, "/dossiers/new/production-licence/review", /\/file$/, {});
    ids.dossier = filed.location.match(/dossiers\/(\d+)/)[1];
    await sendTwice(officer, `/queue/${ids.dossier}`, /\/assign$/, {});
    await sendTwice(officer, `/queue/${ids.dossier}`, /\/notes$/, { note: "secret of Atlas Production" });
    await sendTwice(officer, `/queue/${ids.dossier}`, /\/attest$/, allGood);
    ids.sha256 = (await officer.get(`/queue/${ids.dossier}`)).text.match(/documents\/([0-9a-f]{64})/)[1];
    await sendTwice(officer, `/queue/${ids.dossier}`, /\/proposal$/, {});
    ids.proposal = (await director.get("/signatures")).text.match(/\/signatures\/(\d+)/)[1];
    await stepUp(director);
    await sendTwice(director, `/signatures/${ids.proposal}`, /\/signatures\/\d+$/, {});
    ids.notification = (await applicant.get("/inbox")).text.match(/\/inbox\/(\d+)/)[1];
    await sendTwice(applicant, `/inbox/${ids.notification}`, /\/inbox\/\d+$/, {});
    const register = (await applicant.get("/register?q=Atlas")).text;
    ids.number = register.match(/\/register\/([^"?]+)"/)[1];
    ids.instrument = (await applicant.get(`/register/${ids.number}`)).text.match(/instruments\/(\d+)\//)?.[1] ?? "1";
    ids.act = (await applicant.get(`/register/${ids.number}`)).text.match(/\/verify\/(\d+)/)?.[1] ?? "1";
}

before(async () => {
    const people = { applicant: [], other: [], director: ["--role", "director", "--basis", "2.25.1", "--basis-day", "2025-09-01"] };
    for (const role of staff) people[role] = ["--role", role];
    house = await found({ people });
    persons.nobody = new Person(house);
    for (const name of Object.keys(people)) persons[name] = await signIn(house, name);
    await thread();
    const account = (await persons.administrator.get("/accounts")).text.match(/\/accounts\/(\d+)/)[1];
    Object.assign(ids, { account });
    for (const [name, person] of Object.entries(persons)) {
        const page = await person.get(name === "nobody" ? "/sign-in" : "/account");
        person.csrf = page.text.match(/name="csrf" value="([^"]+)"/)?.[1];
        assert.ok(person.csrf, `${name} has a token`);
    }
});
after(() => house?.stop());

// The address of a row with the first company's numbers; a number that this test does not know is 1, the first.
const address = (pattern) => pattern.replace(/\{([^}]*)\}/g, (_, name) => encodeURIComponent(ids[name] ?? "1"));
function admits(row, name) {
    const held = new Set(["public"]);
    if (name !== "nobody") held.add("signed_in").add(["applicant", "other"].includes(name) ? "applicant" : name);
    if (staff.includes(name) && name !== "member" && name !== "auditor") held.add("staff");
    return row.roles.some((role) => held.has(role));
}
const ask = (person, row, fields) => (row.method === "GET" ? person.get(address(row.pattern)) : person.post(address(row.pattern), fields ?? { csrf: person.csrf }));
const toSignIn = (answer) => answer.status === 303 && answer.location.startsWith("/sign-in");
const isPublic = (row) => row.roles.includes("public");

test("the table names every row once, and none is open by omission", () => {
    assert.ok(routes.length > 90, `${routes.length} rows`);
    assert.equal(new Set(routes.map((row) => row.name)).size, routes.length);
    for (const row of routes) assert.ok(row.roles.length > 0, row.name);
});

test("nobody sees nothing but what is public", async () => {
    for (const row of routes.filter((each) => !isPublic(each))) {
        const answer = await ask(persons.nobody, row);
        assert.ok(answer.status === 401 || toSignIn(answer), `${row.method} ${address(row.pattern)}: ${answer.status}`);
        assert.doesNotMatch(answer.text, secret, row.name);
    }
});

for (const name of [...staff, "director", "applicant"]) {
    test(`the role ${name} is refused wherever the row does not name it`, async () => {
        for (const row of routes.filter((each) => !admits(each, name))) {
            const answer = await ask(persons[name], row);
            assert.equal(answer.status, 403, `${row.method} ${address(row.pattern)}`);
            if (name !== "applicant") assert.doesNotMatch(answer.text, secret, row.name); // his own company is on each page
        }
    });
}

test("no address is a fault of the house, whoever asks", async () => {
    for (const [name, person] of Object.entries(persons)) {
        for (const row of routes.filter((each) => each.method === "GET")) {
            const answer = await ask(person, row);
            assert.ok(answer.status < 500, `${name}: ${address(row.pattern)}: ${answer.status}`);
        }
    }
});

test("another company with the first one's numbers gets neither page nor paper nor effect", async () => {
    const numbered = /\{(dossier|notification|instrument|measure|proposal|sha256|account|delegation|appointment|case|ledger|paper|ticket)\}/;
    const closed = routes.filter((each) => !isPublic(each) && !/\/party$|sign-out/.test(each.pattern));
    for (const row of closed.filter((each) => !numbered.test(each.pattern))) {
        const answer = await ask(persons.other, row);
        assert.doesNotMatch(answer.text, secret, `${row.method} ${address(row.pattern)}`);
        assert.ok(answer.status < 500, `${row.method} ${address(row.pattern)}: ${answer.status}`);
    }
    const before = await acts();
    for (const row of closed.filter((each) => numbered.test(each.pattern))) {
        const answer = await ask(persons.other, row);
        assert.doesNotMatch(answer.text, secret, `${row.method} ${address(row.pattern)}`);
        assert.ok([403, 404].includes(answer.status), `${row.method} ${address(row.pattern)}: ${answer.status}`);
    }
    assert.equal(await acts(), before, "nothing was done");
    assert.match((await persons.applicant.get(`/dossiers/${ids.dossier}`)).text, secret);
});

test("another company cannot choose to act for the first, nor end its session", async () => {
    for (const target of ["/parties/mine", "/account/party"]) {
        const answer = await persons.other.post(target, { csrf: persons.other.csrf, party: "1" });
        assert.ok(answer.status >= 400 && answer.status < 500, `${target}: ${answer.status} ${answer.location}`);
    }
    assert.doesNotMatch((await persons.other.get("/parties/mine")).text, secret);
    for (let session = 1; session <= 15; session++) {
        await persons.other.post(`/account/sessions/${session}/end`, { csrf: persons.other.csrf, once: `end ${session}` });
    }
    for (const name of ["applicant", "officer", "director"]) {
        assert.equal((await persons[name].get("/account")).status, 200, `${name} is still signed in`);
    }
});

test("a form without its token is refused, whoever sends it, and so is another's token", async () => {
    const size = await acts();
    for (const row of routes.filter((each) => each.method === "POST" && !each.token)) {
        const name = Object.keys(persons).find((each) => admits(row, each));
        if (!name) continue; // a role that no account of this house has
        const person = persons[name];
        for (const csrf of [undefined, "", "x".repeat(64), persons.auditor.csrf]) {
            if (csrf === person.csrf) continue;
            const answer = await person.post(address(row.pattern), csrf === undefined ? { a: "b" } : { csrf });
            assert.equal(answer.status, 403, `${name}: ${row.pattern}`);
        }
        const foreign = await person.post(address(row.pattern), { csrf: person.csrf }, { "sec-fetch-site": "cross-site" });
        assert.equal(foreign.status, 403, `${row.pattern} from another site`);
    }
    assert.equal(await acts(), size, "nothing was done");
});

test("the forms of the thread, each sent twice, had their effect once", () => {
    for (const name of ["party.register", "draft.save", "dossier.file", "queue.assign", "queue.attest", "queue.note", "queue.propose", "signature.sign", "inbox.open"]) {
        assert.ok(twice.has(name), `${name}: only ${[...twice]}`);
    }
});

test("the house had no fault of its own in all this", () => {
    assert.doesNotMatch(house.log, /Assertion|"level":"error"/);
});
