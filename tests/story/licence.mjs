// A production licence from the first account to a stranger who checks it with openssl.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { it } from "node:test";
import { root } from "./house.mjs";
import { attest, company, fileLicence, newcomer, numberOf, openLetter, signFirst } from "./people.mjs";
import { Visitor, paper } from "./visitor.mjs";

export function licence(life) {
    it("a company files with papers missing, completes, is examined, granted and told; anyone can check it", async () => {
        const { house, officer, director } = life;
        const applicant = await newcomer(house, { ar: "هاجر الزموري", latin: "Hajar Zemmouri" });
        await company(applicant, { ar: "شركة الحكاية الأولى", latin: "Al Hikaya Al Oula" });

        const dossier = await fileLicence(applicant, ["tax_certificate", "cnss_certificate"]);
        const number = numberOf(applicant);
        const queue = dossier.replace("/dossiers/", "/queue/");
        assert.match(applicant.text, /في طور الإيداع/);
        await applicant.send(`${dossier}/receipt`);
        assert.equal(applicant.headers.get("content-type"), "application/pdf");
        assert.ok(applicant.bytes.subarray(0, 5).equals(Buffer.from("%PDF-")));

        for (const code of ["tax_certificate", "cnss_certificate"]) {
            await applicant.get(dossier);
            await applicant.sendForm(formFor(applicant, code), { document: paper(`${code}-2`) });
            assert.equal(applicant.status, 200, applicant.text);
        }
        assert.ok(!applicant.html.includes('name="document"'), "nothing is awaited any more");

        await attest(officer, queue);
        await officer.get(queue);
        await officer.send(`${queue}/proposal`);
        assert.equal(officer.status, 200, officer.text);
        await signFirst(director, number);

        // Before the letter is opened, the outcome is not told.
        await applicant.get(dossier);
        assert.ok(!applicant.text.includes("PL-2026-"), "the outcome is read behind the notification");
        const letter = await openLetter(applicant);
        await applicant.send(`${letter}/letter`);
        assert.equal(applicant.headers.get("content-type"), "application/pdf");

        await applicant.get("/dossiers");
        const licenceNumber = applicant.text.match(/PL-2026-\d+/)?.[0];
        assert.ok(licenceNumber, applicant.text.slice(0, 1500));
        await applicant.get(`/register/${licenceNumber}`);
        await applicant.send("/certificate");
        assert.equal(applicant.headers.get("content-type"), "application/pdf");
        assert.ok(applicant.bytes.length > 10000);
        life.licence = { applicant, number: licenceNumber, dossier };

        await check(house, licenceNumber);
    });
}

// The form that sends this paper, among those of the papers awaited.
function formFor(visitor, code) {
    const part = visitor.html.split("<form").find((form) => form.includes(`name="code" value="${code}"`));
    assert.ok(part, `${code} is not awaited: ${visitor.text.slice(0, 900)}`);
    const whole = new Visitor(visitor.url);
    whole.html = `<form${part}`;
    return whole.form("document");
}

// Somebody who trusts nobody: the page, then the proof with sh and openssl alone.
async function check(house, number) {
    const stranger = new Visitor(house.url, "fr");
    await stranger.get(`/register/${number}`);
    assert.match(stranger.text, new RegExp(number));
    const act = stranger.html.match(/\/verify\/(\d+)/)[1];
    await stranger.get(`/verify/${act}`);
    assert.equal(stranger.status, 200);
    const checkpoint = await stranger.get("/log/checkpoint");
    assert.match(checkpoint.bytes.toString(), /^demo\.markaz\.example\/register\n\d+\n/);
    const key = (await stranger.get("/log/key")).bytes.toString().trim();
    const entry = house.keep("entry", (await stranger.get(`/log/acts/${act}/entry`)).bytes);
    assert.equal(JSON.parse(stranger.bytes).instrument, number);
    const proof = house.keep("proof", (await stranger.get(`/log/acts/${act}/proof`)).bytes);
    execFileSync("sh", [path.join(root, "docs/verify.sh"), key, proof, entry]);
    const forged = house.keep("forged", Buffer.from(stranger.bytes.toString().replace(/index \d+/, "index 1")));
    assert.throws(() => execFileSync("sh", [path.join(root, "docs/verify.sh"), key, forged, entry], { stdio: "ignore" }));
    const other = house.keep("other", (await stranger.get(`/log/acts/${Number(act) - 1}/entry`)).bytes);
    assert.throws(() => execFileSync("sh", [path.join(root, "docs/verify.sh"), key, proof, other], { stdio: "ignore" }));
}
