// The thread, in a real browser and in each language: a company asks for a production licence with a paper missing, an
// officer examines it, the director signs, the company opens its letter and takes its certificate, and a stranger checks
// the proof inside with openssl. Every page on the way passes axe, vnu and the width of a phone.
//   MARKAZ_TEST_POSTGRES   runs it again on PostgreSQL (tests/postgres.sh sets it)
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { axe, overflow, vnu } from "./checks.mjs";
import { newPerson, root, shots, startBrowser } from "./house.mjs";
import { languages, widths } from "./pages.mjs";

const markaz = process.env.MARKAZ ?? path.join(root, "build/markaz");
const passphrase = "a long passphrase of their own 2026";
const paper = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
const papers = ["statutes", "registered_office", "bank_certificate", "tax_certificate", "cnss_certificate", "manager_identity"];
let browser;

before(async () => {
    browser = await startBrowser();
});
after(async () => {
    await browser?.close();
});

function run(...words) {
    const ran = spawnSync(markaz, words, { encoding: "utf8", cwd: root });
    assert.equal(ran.status, 0, `markaz ${words.join(" ")}: ${ran.stderr}`);
    return ran.stdout;
}

// A house of its own with an officer, a director and an applicant, served.
async function found(db) {
    const folder = mkdtempSync(path.join(tmpdir(), "markaz-thread-"));
    const data = path.join(folder, "data");
    const more = db ? ["--db", db] : [];
    run("init", "--data", data, "--origin", "thread.example/register", ...more);
    const person = (email, ...words) =>
        JSON.parse(run("user", "add", "--data", data, ...more, "--email", email, "--name", "سلمى الإدريسي", "--json", ...words));
    const people = {
        applicant: person("applicant@example.ma"),
        officer: person("officer@example.ma", "--role", "officer"),
        director: person("director@example.ma", "--role", "director", "--basis", "2.25.1", "--basis-day", "2025-09-01"),
    };
    const server = spawn(markaz, ["serve", "--data", data, ...more, "--listen", "127.0.0.1:0", "--rate", "0"], { cwd: root });
    let said = "";
    const url = await new Promise((resolve, reject) => {
        const hear = (bytes) => {
            said += bytes;
            const ready = said.match(/ready on (http:\/\/\S+)/);
            if (ready) resolve(ready[1]);
        };
        server.stdout.on("data", hear);
        server.stderr.on("data", hear);
        server.once("exit", (status) => reject(new Error(`markaz serve ended with ${status}: ${said}`)));
    });
    return {
        url,
        data,
        more,
        people,
        said: () => said,
        stop: async () => {
            server.removeAllListeners("exit");
            const ended = new Promise((resolve) => server.on("exit", resolve));
            server.kill("SIGTERM");
            await ended;
            rmSync(folder, { recursive: true, force: true });
        },
    };
}

// RFC 6238. A code is good once, so whoever needs a second one takes the next step's.
function code(secret, step = 0) {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + step));
    const mac = createHmac("sha1", key).update(counter).digest();
    return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, "0");
}

// What one walk has looked at: pictures, and HTML for vnu at the end.
function eye(language, engine, files, html) {
    return async (page, name) => {
        const label = `thread-${engine}-${language.code}-${name}`;
        const wide = page.viewportSize();
        await page.screenshot({ path: path.join(shots, `${label}.png`), fullPage: true });
        assert.equal(await page.getAttribute("html", "dir"), language.dir);
        assert.deepEqual(await axe(page), [], name);
        await page.setViewportSize({ width: widths.at(-1).width, height: widths.at(-1).height });
        assert.equal(await overflow(page), 0, `${name} is wider than a phone`);
        await page.setViewportSize(wide);
        const file = path.join(html, `${label}.html`);
        writeFileSync(file, "<!doctype html>\n" + (await page.evaluate(() => document.documentElement.outerHTML)));
        files.push(file);
    };
}

async function signIn(house, language, person) {
    const context = await newPerson(browser, language, widths[0], { acceptDownloads: true });
    const page = await context.newPage();
    page.setDefaultTimeout(15000);
    await page.goto(`${house.url}/sign-in?lang=${language.code}`);
    await page.fill("input[name=email]", person.email);
    await page.fill("input[name=password]", person.password);
    await page.click("main form button[type=submit]");
    await page.fill("input[name=code]", code(person.totp_secret));
    await page.click("main form button[type=submit]");
    await page.fill("main input[name=old]", person.password);
    await page.fill("main input[name=password]", passphrase);
    await page.click("main form:has(input[name=old]) button[type=submit]");
    await page.waitForURL(/done=password_changed/);
    return page;
}

async function registerCompany(page, look) {
    await page.click("main a[href*='/parties/new']");
    await page.fill("[name=name_ar]", "شركة الأطلس للإنتاج");
    await page.fill("[name=name_latin]", "Atlas Production");
    await page.fill("[name=ice]", "٠٠١٥٦١١٩١٠٠٠٠٦٧");
    await page.click("main form button[type=submit]");
    await look(page, "party-faults");
    assert.ok((await page.locator(".fault-summary li").count()) >= 4, "all faults at once");
    assert.equal(await page.inputValue("[name=name_latin]"), "Atlas Production", "nothing is lost");
    await page.fill("[name=ice]", "٠٠١٥٦١١٩١٠٠٠٠٦٦");
    await page.fill("[name=rc]", "12345");
    await page.fill("[name=capital]", "300 000,00");
    await page.check("input[name=legal_form][value=SARL]");
    await page.fill("[name=seat_ar]", "12 شارع الجيش الملكي، الدار البيضاء");
    await page.fill("[name=manager_ar]", "سناء العلوي");
    await page.click("main form button[type=submit]");
    await page.waitForURL(/dossiers/);
}

async function fileWithAPaperMissing(page, house, look) {
    await page.goto(`${house.url}/procedures/production-licence`);
    await look(page, "procedure");
    await page.click("main .actions a.button >> nth=0");
    await registerCompany(page, look);
    await page.goto(`${house.url}/dossiers/new/production-licence`);
    await page.setInputFiles("[name='documents.statutes']", { name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.from("PK\u0003\u0004 a zip") });
    await page.click("main form button:not([name])");
    assert.equal(await page.locator(".field.has-fault").count(), 1, "a zip is no PDF");
    await look(page, "draft");
    for (const name of papers.filter((each) => each !== "cnss_certificate")) {
        await page.setInputFiles(`[name='documents.${name}']`, { name: `${name}.pdf`, mimeType: "application/pdf", buffer: paper });
    }
    await page.click("button[name=review]");
    await look(page, "review");
    await page.click("main form[action$='/file'] button");
    await page.waitForURL(/dossiers\/\d+/);
    await look(page, "being-deposited");
    const dossier = page.url().replace(/\?.*/, "");
    await page.setInputFiles("main input[type=file]", { name: "cnss.pdf", mimeType: "application/pdf", buffer: paper });
    await page.click("main form[action$='/documents'] button");
    await page.waitForURL(/done=supplied/);
    await look(page, "complete");
    return dossier;
}

async function examine(page, house, look) {
    await page.goto(`${house.url}/queue`);
    await look(page, "queue");
    await page.click("tbody a >> nth=0");
    await page.click("form[action$='/assign'] button");
    await page.click("details:has(form[action$='/attest']) > summary");
    const form = page.locator("form[action$='/attest']");
    for (const yes of await form.locator("input[type=radio][value=yes]").all()) await yes.check();
    await form.locator("input[name='facts.in_judicial_liquidation'][value=no]").check();
    await form.locator("input[value=SARL]").check();
    await form.locator("input[name='facts.governing_law']").fill("MA");
    for (const day of await form.locator("input[type=date]").all()) await day.fill(new Date(Date.now() - 86400000).toISOString().slice(0, 10));
    await form.locator("button[type=submit]").last().click();
    await page.waitForURL(/done=attested/);
    await look(page, "examined");
    await page.click("form:has(input[value=grant]) button");
    await page.waitForURL(/done=proposed/);
}

async function sign(page, house, look, person) {
    await page.goto(`${house.url}/signatures`);
    await look(page, "tray");
    await page.click("tbody a >> nth=0");
    await look(page, "proposal");
    const button = page.locator("main form[action^='/signatures/']:not([action$='/back']) button");
    await button.click();
    await look(page, "step-up");
    await page.fill("main input[name=code]", code(person.totp_secret, 1));
    await page.click("main form:has(input[name=code]) button");
    await button.click();
    await page.waitForURL(/done=signed/);
}

async function receive(page, house, look, dossier) {
    await page.goto(dossier);
    assert.equal(await page.locator(".lead .badge.good").count(), 0, "the outcome is behind the letter");
    await page.goto(`${house.url}/inbox`);
    await page.click("main li a >> nth=0");
    await look(page, "sealed");
    await page.click("main form button[type=submit]");
    await look(page, "letter");
    await page.goto(`${house.url}/register?q=${encodeURIComponent("الاطلس")}`);
    await look(page, "register");
    await page.click("tbody a >> nth=0");
    await look(page, "instrument");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("form[action$='/certificate'] button")]);
    return download.path();
}

// A stranger, with the certificate and the key, and without the house.
async function prove(house, certificate) {
    const folder = mkdtempSync(path.join(tmpdir(), "markaz-stranger-"));
    const detach = spawnSync("pdfdetach", ["-saveall", "-o", folder, certificate], { encoding: "utf8" });
    assert.equal(detach.status, 0, detach.stderr);
    const key = (await (await fetch(`${house.url}/log/key`)).text()).trim();
    const at = (name) => path.join(folder, name);
    const proved = spawnSync("sh", [path.join(root, "docs/verify.sh"), key, at("proof.tlog-proof"), at("entry.json"), at("disclosure.txt")], { encoding: "utf8" });
    rmSync(folder, { recursive: true, force: true });
    assert.equal(proved.status, 0, proved.stderr);
    assert.match(proved.stdout, /PROVED: the entry is number \d+/);
    assert.match(proved.stdout, /Atlas Production/);
}

async function walk(language, engine, db) {
    const house = await found(db);
    const html = mkdtempSync(path.join(tmpdir(), "markaz-html-"));
    const files = [];
    const look = eye(language, engine, files, html);
    try {
        const applicant = await signIn(house, language, house.people.applicant);
        const dossier = await fileWithAPaperMissing(applicant, house, look);
        await examine(await signIn(house, language, house.people.officer), house, look);
        await sign(await signIn(house, language, house.people.director), house, look, house.people.director);
        await prove(house, await receive(applicant, house, look, dossier));
        run("log", "verify", "--full", "--data", house.data, ...house.more);
        assert.deepEqual(vnu(files), []);
        assert.doesNotMatch(house.said(), /Assertion|"level":"error"/);
    } finally {
        await house.stop();
        rmSync(html, { recursive: true, force: true });
    }
}

for (const language of languages) {
    test(`from an account to a certificate that a stranger proves, in ${language.code}`, () => walk(language, "sqlite"));
}
test("the same on PostgreSQL, in ar", { skip: process.env.MARKAZ_TEST_POSTGRES ? false : "no PostgreSQL" }, async () => {
    const name = `thread_${process.pid}`;
    const psql = (sql) => {
        const ran = spawnSync("psql", [process.env.MARKAZ_TEST_POSTGRES, "-qc", sql], { encoding: "utf8" });
        assert.equal(ran.status, 0, ran.stderr);
    };
    psql(`CREATE DATABASE ${name} ENCODING 'UTF8'`);
    try {
        await walk(languages[0], "postgres", process.env.MARKAZ_TEST_POSTGRES.replace("/postgres?", `/${name}?`));
    } finally {
        psql(`DROP DATABASE ${name} WITH (FORCE)`);
    }
});
