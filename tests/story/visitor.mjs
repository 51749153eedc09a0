// Somebody at the house's door without a browser: keeps cookies, follows redirects, reads the forms of a page and sends
// them filled in, as a browser without JavaScript does. Nothing but node's own fetch.
import assert from "node:assert/strict";

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const decode = (text) =>
    text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name) => {
        if (name[0] !== "#") {
            return entities[name.toLowerCase()] ?? whole;
        }
        return String.fromCodePoint(name[1].toLowerCase() === "x" ? parseInt(name.slice(2), 16) : Number(name.slice(1)));
    });

const attributes = (tag) =>
    Object.fromEntries(
        [...tag.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].slice(1).map(([, name, value]) => [name, decode(value ?? "")]),
    );

// The forms of a page: action, method, and fields as they would be sent untouched.
export function formsOf(html) {
    return [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => {
        const own = attributes(form.match(/<form\b[^>]*>/)[0]);
        const fields = [];
        const names = new Set();
        const add = (name, value) => name && fields.push([name, value]);
        for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
            const input = attributes(tag);
            names.add(input.name);
            const pressed = ["checkbox", "radio"].includes(input.type) && !("checked" in input);
            if (!pressed && !["file", "submit"].includes(input.type)) {
                add(input.name, input.value ?? "");
            }
        }
        for (const [, open, text] of form.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)) {
            const { name } = attributes(`<textarea ${open}>`);
            names.add(name);
            add(name, decode(text));
        }
        for (const [, open, text] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
            const { name } = attributes(`<select ${open}>`);
            const options = [...text.matchAll(/<option\b[^>]*>/g)].map(([tag]) => attributes(tag));
            names.add(name);
            add(name, (options.find((option) => "selected" in option) ?? options[0])?.value ?? "");
        }
        for (const [tag] of form.matchAll(/<button\b[^>]*>/g)) {
            names.add(attributes(tag).name);
        }
        return {
            action: own.action,
            method: (own.method ?? "get").toLowerCase(),
            isMultipart: own.enctype === "multipart/form-data",
            fields,
            names: [...names].filter(Boolean),
        };
    });
}

export const textOf = (html) =>
    decode(html.replace(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, " ").replace(/<[^>]*>/g, " ")).replace(/\s+/g, " ");

export class Visitor {
    constructor(url, language = "ar") {
        this.url = url;
        this.language = language;
        this.cookies = new Map();
        this.status = 0;
        this.path = "/";
        this.html = "";
    }

    async fetch(path, options = {}) {
        const response = await fetch(new URL(path, this.url), {
            redirect: "manual",
            ...options,
            headers: {
                "Accept-Language": this.language,
                Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
                Origin: new URL(this.url).origin,
                ...options.headers,
            },
        });
        for (const cookie of response.headers.getSetCookie()) {
            const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
            value === "" || /max-age=0/i.test(cookie) ? this.cookies.delete(name) : this.cookies.set(name, value);
        }
        return response;
    }

    // A page; answers this, with status, path, html and headers.
    async get(path) {
        return this.#take(await this.fetch(path), path);
    }

    async #take(response, path) {
        for (let turns = 0; [302, 303].includes(response.status); turns++) {
            assert.ok(turns < 8, `${path} redirects for ever`);
            path = response.headers.get("location");
            response = await this.fetch(path);
        }
        this.status = response.status;
        this.path = path;
        this.headers = response.headers;
        const bytes = Buffer.from(await response.arrayBuffer());
        const isText = /text\/|json/.test(response.headers.get("content-type") ?? "");
        this.bytes = bytes;
        this.html = isText ? bytes.toString("utf8") : "";
        return this;
    }

    get text() {
        return textOf(this.html);
    }

    // The form of this page whose action ends so, or that has a field of that name.
    form(which) {
        const found = formsOf(this.html).find(
            (form) => form.action !== undefined && (form.action.endsWith(which) || form.names.includes(which)),
        );
        assert.ok(found, `${this.path} (${this.status}) has no form ${which}: ${this.text.slice(0, 600)}`);
        return found;
    }

    // Fills in and sends. values: name -> text, list of texts, or file {name, type, bytes}; null leaves a field out.
    async send(which, values = {}) {
        return this.sendForm(this.form(which), values);
    }

    async sendForm(form, values = {}) {
        const own = form.fields.filter(([name]) => !(name in values));
        const given = Object.entries(values).flatMap(([name, value]) =>
            (Array.isArray(value) ? value : [value]).filter((one) => one !== null).map((one) => [name, one]),
        );
        for (const [name] of given) {
            assert.ok(form.names.includes(name), `the form ${form.action} has no field ${name}: ${form.names}`);
        }
        const body = form.isMultipart ? new FormData() : new URLSearchParams();
        for (const [name, value] of [...own, ...given]) {
            if (typeof value === "object") {
                body.append(name, new Blob([value.bytes], { type: value.type }), value.name);
            } else {
                body.append(name, value);
            }
        }
        if (form.method === "get") {
            return this.get(`${form.action}?${body}`);
        }
        return this.#take(await this.fetch(form.action, { method: "POST", body }), form.action);
    }

    // As somebody of the demonstration, with the second factor where there is one.
    async signIn(email, password = demoPassword) {
        await this.get("/sign-in");
        await this.send("/sign-in", { email, password });
        if (formsOf(this.html).some((form) => form.action === "/sign-in/code")) {
            await this.send("/sign-in/code", { code: this.shownCode() });
        }
        assert.equal(this.status, 200, this.text);
        assert.ok(!this.path.startsWith("/sign-in"), `${email} is not signed in: ${this.text.slice(0, 600)}`);
        return this;
    }

    // The code that a demonstration shows instead of a telephone.
    shownCode() {
        const shown = this.text.match(/\b\d{6}\b/);
        assert.ok(shown, this.text.slice(0, 900));
        return shown[0];
    }

    // Sends a form that may ask for the second factor again before a signature, and then comes back to be sent.
    async sign(which, values = {}) {
        await this.send(which, values);
        if (formsOf(this.html).some((form) => form.action === "/step-up")) {
            await this.send("/step-up", { code: this.shownCode() });
            assert.equal(this.status, 200, this.text.slice(0, 900));
            await this.send(which, values);
        }
        return this;
    }
}

export const demoPassword = "demonstration-18-23";

// One page that says something, as small as a PDF may be.
export function paper(says) {
    const stream = `BT /F 12 Tf 72 770 Td (${says.replace(/[()\\]/g, "\\$&")}) Tj ET`;
    const objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ];
    let file = "%PDF-1.4\n";
    const offsets = objects.map((object, at) => {
        const offset = file.length;
        file += `${at + 1} 0 obj\n${object}\nendobj\n`;
        return offset;
    });
    const table = file.length;
    file += `xref\n0 6\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
    file += `trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
    return { name: `${says}.pdf`, type: "application/pdf", bytes: Buffer.from(file, "latin1") };
}
