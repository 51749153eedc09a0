// What people, browsers and others send that nobody asked for: nothing is lost, nothing is told that should not be.
import assert from "node:assert/strict";
import { it } from "node:test";
import { company, fileLicence, newcomer } from "./people.mjs";
import { Visitor, paper } from "./visitor.mjs";

export function badInput(life) {
    let mine;
    let dossier;
    it("somebody else's dossier is not there", async () => {
        const { house } = life;
        mine = await newcomer(house, { ar: "مريم التازي", latin: "Meryem Tazi" });
        await company(mine, { ar: "شركة الحكاية الثالثة", latin: "Al Hikaya At Talita" });
        dossier = await fileLicence(mine, ["statutes"]);
        const other = await newcomer(house, { ar: "أنس الريفي", latin: "Anas Rifi" });
        await company(other, { ar: "شركة الحكاية الرابعة", latin: "Al Hikaya Ar Rabia" });
        assert.equal((await other.get(dossier)).status, 404);
        assert.equal((await other.get("/dossiers/999999")).status, 404);
        const body = new URLSearchParams({ csrf: csrfOf(await other.get("/dossiers")), once: "a1" });
        const response = await other.fetch(`${dossier}/give-up`, { method: "POST", body });
        assert.equal(response.status, 404);
        const stranger = new Visitor(house.url);
        assert.match((await stranger.get(dossier)).path, /sign-in/);
        assert.ok([403, 404].includes((await mine.get("/queue")).status));
    });

    it("a form without its token, or with another's, changes nothing", async () => {
        for (const csrf of [undefined, "0".repeat(64)]) {
            const body = new URLSearchParams(csrf === undefined ? {} : { csrf });
            const response = await mine.fetch(`${dossier}/give-up`, { method: "POST", body });
            assert.equal(response.status, 403);
        }
        await mine.get(dossier);
        assert.match(mine.text, /في طور الإيداع/);
    });

    it("a malformed form comes back with its faults and what was typed", async () => {
        await mine.get("/parties/new");
        await mine.send("/parties/new", { kind: "company", name_ar: "شركة بدون رقم", ice: "001561191000067", capital: "كثير" });
        assert.equal(mine.status, 422);
        assert.match(mine.html, /value="شركة بدون رقم"/);
        assert.match(mine.html, /value="001561191000067"/);
        assert.ok((mine.html.match(/class="fault"/g) ?? []).length >= 3, mine.text.slice(0, 1500));
        const raw = { "Content-Type": "application/x-www-form-urlencoded" };
        for (const body of ["%", "a=%zz&b", "=".repeat(2000), "\0\xff"]) {
            const response = await mine.fetch("/parties/new", { method: "POST", headers: raw, body });
            assert.ok([400, 403, 413].includes(response.status), `${JSON.stringify(body.slice(0, 9))} ${response.status}`);
        }
        const parts = { "Content-Type": "multipart/form-data; boundary=x" };
        const cut = await mine.fetch(`${dossier}/documents`, { method: "POST", headers: parts, body: "--x\r\nContent-Disp" });
        assert.ok(cut.status >= 400 && cut.status < 500, String(cut.status));
    });

    it("ten megabytes where a form is read are refused, and the house goes on", async () => {
        const body = `name_ar=${"a".repeat(10 * 1024 * 1024)}`;
        const headers = { "Content-Type": "application/x-www-form-urlencoded" };
        const status = await mine.fetch("/parties/new", { method: "POST", headers, body }).then(
            (response) => response.status,
            () => 413, // the house may close before all was sent
        );
        assert.equal(status, 413);
        assert.equal((await mine.get("/health")).status, 200);
    });

    it("a paper that is no paper is refused by its bytes", async () => {
        await mine.get(dossier);
        const form = mine.form(`${dossier}/documents`);
        await mine.sendForm(form, { document: { name: "statutes.pdf", type: "application/pdf", bytes: Buffer.from("MZ no") } });
        assert.equal(mine.status, 422, mine.text.slice(0, 600));
    });

    it("one form in two tabs, sent twice, is one act", async () => {
        await mine.get(dossier);
        const form = mine.form(`${dossier}/documents`);
        await mine.sendForm(form, { document: paper("statutes") });
        assert.equal(mine.status, 200);
        const once = mine.path;
        await mine.sendForm(form, { document: paper("statutes") });
        assert.equal(mine.status, 200, mine.text.slice(0, 600));
        assert.equal(mine.path.split("?")[0], once.split("?")[0]);
        const lines = mine.html.match(/\/verify\/\d+/g) ?? [];
        assert.equal(new Set(lines).size, lines.length);
    });

    it("when the session is over, what was being written is kept", async () => {
        await mine.get("/dossiers/new/cinema-licence");
        const form = mine.form("/dossiers/new/cinema-licence");
        mine.cookies.delete("session");
        await mine.sendForm({ ...form, isMultipart: true }, { "facts.governing_law": "MA" });
        assert.match(mine.html, /action="\/sign-in"/, mine.text.slice(0, 600));
        await mine.send("/sign-in", { email: mine.email, password: "demonstration-18-23" });
        await mine.send("/dossiers/new/cinema-licence"); // the form that was kept
        await mine.get("/dossiers/new/cinema-licence");
        assert.match(mine.html, /name="facts.governing_law"[^>]*value="MA"/, mine.text.slice(0, 900));
    });
}

const csrfOf = (visitor) => visitor.html.match(/name="csrf" value="([0-9a-f]+)"/)[1];
