// A house founded for one test file, its people, and what they do with forms as a browser without scripts would: cookies
// kept, hidden fields sent back, redirections not followed.
//   MARKAZ   the program (build/markaz)
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const markaz = process.env.MARKAZ ?? path.join(root, "build/markaz");
export const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
const passphrase = "a long passphrase of their own 2026";

export function run(...words) {
    const ran = spawnSync(markaz, words, { encoding: "utf8", cwd: root, maxBuffer: 64 * 1024 * 1024 });
    assert.equal(ran.status, 0, `markaz ${words.join(" ")}: ${ran.stderr}`);
    return ran.stdout;
}

// Founds and serves. people: {name: [more words of `user add`]}. serve: more words of `serve`. shell: what the shell
// says first in the server's process ("ulimit ...").
export async function found({ people = {}, serve = [], shell = "" } = {}) {
    const folder = mkdtempSync(path.join(tmpdir(), "markaz-story-"));
    const data = path.join(folder, "data");
    run("init", "--data", data, "--origin", "story.example/register");
    const known = {};
    for (const [name, words] of Object.entries(people)) {
        known[name] = JSON.parse(run("user", "add", "--data", data, "--email", `${name}@example.ma`, "--name", "سلمى الإدريسي", "--json", ...words));
    }
    const house = { data, folder, people: known, log: "" };
    house.start = async () => {
        const words = ["serve", "--data", data, "--listen", "127.0.0.1:0", "--rate", "0", ...serve];
        const server = spawn("sh", ["-c", `${shell}\nexec "$@"`, "sh", markaz, ...words], { cwd: root });
        house.server = server;
        house.url = await new Promise((resolve, reject) => {
            let said = "";
            const hear = (bytes) => {
                said += bytes;
                house.log += bytes;
                const ready = said.match(/ready on (https?:\/\/\S+)/);
                if (ready) resolve(ready[1]);
            };
            server.stdout.on("data", hear);
            server.stderr.on("data", hear);
            server.once("exit", (status) => reject(new Error(`markaz serve ended with ${status}: ${said}`)));
        });
        server.removeAllListeners("exit");
    };
    house.end = async () => {
        if (house.server.exitCode !== null) return;
        const ended = new Promise((resolve) => house.server.on("exit", resolve));
        house.server.kill("SIGTERM");
        await ended;
    };
    house.stop = async () => {
        await house.end();
        rmSync(folder, { recursive: true, force: true });
    };
    await house.start();
    return house;
}

// RFC 6238. A code is good once, so whoever needs a second one takes the next step's.
export function code(secret, step = 0) {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + step));
    const mac = createHmac("sha1", key).update(counter).digest();
    return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, "0");
}

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
export const unescaped = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name]);
const attribute = (tag, name) => {
    const found = tag.match(new RegExp(`\\s${name}="([^"]*)"`));
    return found ? unescaped(found[1]) : new RegExp(`\\s${name}(\\s|>|$)`).test(tag) ? "" : null;
};

// The first form whose action fits, as a browser would send it: {action, fields: [[name, value]], controls}.
export function formOf(html, action) {
    for (const [, head, inner] of html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
        if (!action.test(attribute(head, "action") ?? "")) continue;
        const fields = [];
        const controls = [];
        for (const [tag] of inner.matchAll(/<(?:input|textarea|select|button)[^>]*>/g)) {
            const name = attribute(tag, "name");
            if (name === null) continue;
            const type = tag.startsWith("<input") ? (attribute(tag, "type") ?? "text") : tag.match(/^<(\w+)/)[1];
            controls.push({ name, type, value: attribute(tag, "value") ?? "" });
            const sent = !["submit", "button", "file", "textarea", "select"].includes(type) && (!["radio", "checkbox"].includes(type) || attribute(tag, "checked") !== null);
            if (sent) fields.push([name, attribute(tag, "value") ?? ""]);
        }
        return { action: attribute(head, "action"), fields, controls };
    }
    return null;
}

// Somebody at the browser.
export class Person {
    constructor(house, language = "fr") {
        this.house = house;
        this.language = language;
        this.jar = new Map();
    }

    async ask(method, target, { body, headers = {} } = {}) {
        const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
        const answer = await fetch(new URL(target, this.house.url), {
            method,
            body,
            redirect: "manual",
            headers: { "accept-language": this.language, ...(cookie ? { cookie } : {}), ...headers },
        });
        for (const line of answer.headers.getSetCookie()) {
            const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
            if (/max-age=0/i.test(line)) this.jar.delete(name);
            else this.jar.set(name, value);
        }
        const bytes = Buffer.from(await answer.arrayBuffer());
        return { status: answer.status, headers: answer.headers, location: answer.headers.get("location"), bytes, text: bytes.toString("utf8") };
    }
    get(target, headers) {
        return this.ask("GET", target, { headers });
    }
    // fields: {name: value or [values] or {filename, bytes}}
    post(target, fields, headers) {
        const pairs = Object.entries(fields).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((each) => [name, each]));
        const plain = pairs.every(([, value]) => typeof value === "string");
        const body = plain ? new URLSearchParams(pairs) : new FormData();
        if (!plain) {
            for (const [name, value] of pairs) {
                if (typeof value === "string") body.append(name, value);
                else body.append(name, new Blob([value.bytes]), value.filename);
            }
        }
        return this.ask("POST", target, { body, headers });
    }
    // The form of a page, with the fields given instead of its own; the page's token is remembered.
    async fill(target, action, fields) {
        const page = await this.get(target);
        const form = formOf(page.text, action);
        assert.ok(form, `${target} (${page.status}) has no form ${action}: ${page.text.slice(page.text.indexOf("<main"), page.text.indexOf("<main") + 600)}`);
        const given = typeof fields === "function" ? fields(form) : fields;
        const all = {};
        for (const [name, value] of form.fields) {
            if (!(name in given)) (all[name] ??= []).push(value);
        }
        this.csrf = all.csrf?.[0] ?? this.csrf;
        return { action: form.action, fields: { ...all, ...given }, page };
    }
    async submit(target, action, fields) {
        const form = await this.fill(target, action, fields);
        return this.post(form.action, form.fields);
    }
}

// Signs in, as somebody whose password was made by somebody else: it is changed.
export async function signIn(house, name, language) {
    const person = new Person(house, language);
    const known = house.people[name];
    person.known = known;
    await person.submit("/sign-in", /^\/sign-in$/, { email: known.email, password: known.password });
    const second = await person.submit("/sign-in/code", /^\/sign-in\/code$/, { code: code(known.totp_secret) });
    assert.equal(second.status, 303, second.text);
    const changed = await person.submit("/account/password", /^\/account\/password$/, { old: known.password, password: passphrase });
    assert.equal(changed.status, 303, changed.text);
    known.password = passphrase;
    return person;
}

export async function stepUp(person) {
    const answer = await person.submit("/step-up?next=/account", /^\/step-up$/, { code: code(person.known.totp_secret, 1) });
    assert.equal(answer.status, 303, answer.text);
}

export const company = {
    name_ar: "شركة الأطلس للإنتاج",
    name_latin: "Atlas Production",
    ice: "001561191000066",
    rc: "12345",
    capital: "300000",
    legal_form: "SARL",
    seat_ar: "12 شارع الجيش الملكي، الدار البيضاء",
    manager_ar: "سناء العلوي",
};
export const otherCompany = { ...company, name_ar: "شركة المرسى للصور", name_latin: "Marsa Images", ice: "001525713000000", rc: "777", manager_ar: "كريم بناني" };
export const papers = ["statutes", "registered_office", "bank_certificate", "tax_certificate", "cnss_certificate", "manager_identity"];
export const attached = Object.fromEntries(papers.map((name) => [`documents.${name}`, { filename: `${name}.pdf`, bytes: pdf }]));

export async function registerCompany(person, fields) {
    const answer = await person.submit("/parties/new", /^\/parties\/new$/, fields);
    assert.equal(answer.status, 303, answer.text.match(/fault-summary[\s\S]{0,900}/)?.[0]);
}

export const yesterday = new Date(Date.now() - 86400000).toISOString().slice(0, 10);
// What the officer reads in the papers of a company that fulfils every condition.
export function allGood(form) {
    const fields = {};
    for (const { name, type, value } of form.controls) {
        if (type === "radio" && value === "yes") fields[name] = "yes";
        if (type === "radio" && value === "SARL") fields[name] = "SARL";
        if (type === "date") fields[name] = yesterday;
        if (name === "facts.governing_law") fields[name] = "MA";
    }
    fields["facts.in_judicial_liquidation"] = "no";
    return fields;
}
