// Who lives in the stories, and what they do again and again.
import assert from "node:assert/strict";
import { Visitor, demoPassword, paper } from "./visitor.mjs";

let invented = 0;

// 15 digits that are a multiple of 97, in a range that nobody has.
export function ice() {
    const payload = 9_900_000n * 10_000n + BigInt(++invented * 10_000 + 1);
    return String(payload * 100n + (97n - ((payload * 100n) % 97n)) % 97n).padStart(15, "0");
}

// Opens an account over the pages, confirms it with the link that the demonstration shows, and signs in.
export async function newcomer(house, name) {
    const visitor = new Visitor(house.url, "ar");
    const email = `${name.latin.toLowerCase().replace(/\s+/g, ".")}.${++invented}@story.example`;
    await visitor.get("/sign-up");
    await visitor.send("/sign-up", { email, name_ar: name.ar, name_latin: name.latin, password: demoPassword });
    assert.equal(visitor.status, 200, visitor.text);
    const link = visitor.html.match(/\/sign-up\/confirm\?token=[0-9a-f]+/);
    assert.ok(link, "the demonstration shows the link that a mail would hold");
    await visitor.get(link[0]);
    await visitor.send("/sign-up/confirm");
    visitor.email = email;
    return visitor.signIn(email);
}

export async function company(visitor, names) {
    await visitor.get("/parties/new");
    await visitor.send("/parties/new", {
        kind: "company",
        name_ar: names.ar,
        name_latin: names.latin,
        ice: ice(),
        rc: "٤٥٨٧١",
        rc_court: "الرباط",
        legal_form: "SARL",
        capital: "300 000,00",
        seat_ar: "12، زنقة الزيتون، الرباط",
        seat_latin: "12, rue des Oliviers, Rabat",
        manager_ar: "هاجر الزموري",
        manager_latin: "Hajar Zemmouri",
    });
    assert.equal(visitor.status, 200, visitor.text);
    assert.ok(!visitor.path.startsWith("/parties/new"), visitor.text.slice(0, 900));
}

export const licencePapers = [
    "statutes",
    "registered_office",
    "bank_certificate",
    "tax_certificate",
    "cnss_certificate",
    "manager_identity",
];

// Files a production licence with all papers but some; answers the dossier's path.
export async function fileLicence(visitor, without = []) {
    await visitor.get("/dossiers/new/production-licence");
    const given = licencePapers.filter((code) => !without.includes(code));
    await visitor.send("/dossiers/new/production-licence", {
        ...Object.fromEntries(given.map((code) => [`documents.${code}`, paper(code)])),
        review: "1",
    });
    assert.equal(visitor.status, 200, visitor.text);
    if (!visitor.path.endsWith("/review")) {
        await visitor.get("/dossiers/new/production-licence/review");
    }
    await visitor.send("/file");
    assert.equal(visitor.status, 200, visitor.text);
    assert.match(visitor.path, /^\/dossiers\/\d+/, visitor.text.slice(0, 900));
    return visitor.path.match(/^\/dossiers\/\d+/)[0];
}

// What an officer reads in the papers; more overrides.
export async function attest(officer, queue, more = {}) {
    await officer.get(queue);
    if (officer.html.includes(`action="${queue}/assign"`)) {
        await officer.send(`${queue}/assign`);
    }
    await officer.send(`${queue}/attest`, {
        "facts.tax_certificate_on": "2026-10-01",
        "facts.cnss_certificate_on": "٢٠٢٦-١٠-٠٥",
        "facts.legal_form": "SARL",
        "facts.governing_law": "MA",
        "facts.object_includes_film_production": "yes",
        "facts.capital_fully_paid": "yes",
        "facts.tax_regular": "yes",
        "facts.in_judicial_liquidation": "no",
        "facts.cnss_regular": "yes",
        "facts.other_scheme_regular": "no",
        ...more,
    });
    assert.equal(officer.status, 200, officer.text);
}

// The director signs the proposal on the dossier or instrument of that number, which the tray shows.
export async function signFirst(director, number) {
    await director.get("/signatures");
    const row = director.html.split(/<tr\b|<li\b/).find((part) => part.includes(number) && part.includes("/signatures/"));
    assert.ok(row, `${number} is not on the tray: ${director.text.slice(0, 1500)}`);
    const proposal = row.match(/\/signatures\/\d+/)[0];
    await director.get(proposal);
    await director.sign(proposal);
    assert.equal(director.status, 200, director.text);
    return director;
}

// The applicant opens the newest letter that is not open yet.
export async function openLetter(visitor) {
    await visitor.get("/inbox");
    const letters = [...visitor.html.matchAll(/\/inbox\/\d+/g)].map(([link]) => link);
    for (const letter of letters) {
        await visitor.get(letter);
        if (visitor.html.includes(`action="${letter}"`)) {
            await visitor.send(letter);
            assert.equal(visitor.status, 200, visitor.text);
            return letter;
        }
    }
    assert.fail(`no letter waits: ${visitor.text.slice(0, 600)}`);
}

export const numberOf = (visitor) => visitor.text.match(/D-\d{4}-\d+/)[0];
