// Every page of pages.mjs in three languages and two widths: answers, says its language and direction, fits, complains of
// nothing, and passes axe and vnu. Screenshots stay in .cache/browser.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { axe, overflow, vnu } from "./checks.mjs";
import { newPerson, open, shots, signIn, startBrowser, startHouse } from "./house.mjs";
import { languages, pages, widths } from "./pages.mjs";

let house;
let browser;
const html = mkdtempSync(path.join(tmpdir(), "markaz-html-"));
const files = [];
const contexts = new Map();

before(async () => {
    house = await startHouse();
    browser = await startBrowser();
});
after(async () => {
    await browser?.close();
    await house?.stop();
    rmSync(html, { recursive: true, force: true });
});

const cookies = new Map();

// One person for each language and account, signed in once.
async function person(language, who) {
    const key = `${language.code} ${who ?? ""}`;
    if (!contexts.has(key)) {
        if (who && !cookies.has(who)) {
            cookies.set(who, await signIn(browser, house.url, who));
        }
        contexts.set(key, await newPerson(browser, language, widths[0], { storageState: cookies.get(who) }));
    }
    return contexts.get(key);
}

// The address of a row in a language: an account has a language of its own, so a signed-in one says which it wants.
async function address(context, row, language) {
    const chosen = (url) => (row.who ? `${url}${url.includes("?") ? "&" : "?"}lang=${language.code}` : url);
    if (!row.follow) {
        return chosen(house.url + row.path);
    }
    const { page } = await open(context, house.url + row.path);
    const link = await page.locator(row.follow).first().getAttribute("href", { timeout: 5000 });
    await page.close();
    return chosen(house.url + link);
}

for (const row of pages) {
    for (const language of languages) {
        test(`${row.name} in ${language.code}`, async () => {
            const context = await person(language, row.who);
            const { page, response, complaints } = await open(context, await address(context, row, language));
            const file = path.join(html, `${row.name}-${language.code}.html`);
            writeFileSync(file, await response.text());
            files.push(file);
            assert.equal(response.status(), row.status ?? 200);
            assert.equal(await page.getAttribute("html", "lang"), language.code);
            assert.equal(await page.getAttribute("html", "dir"), language.dir);
            assert.equal(await page.locator("h1").count(), 1, "one h1");
            for (const width of widths) {
                await page.setViewportSize({ width: width.width, height: width.height });
                const name = `${row.name}-${language.code}-${width.name}`;
                await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
                assert.equal(await overflow(page), 0, `wider than a ${width.name}`);
                assert.deepEqual(await axe(page), [], width.name);
            }
            assert.deepEqual(complaints, []);
            await page.close();
        });
    }
}

test("vnu finds nothing to say of their HTML", () => {
    assert.deepEqual(vnu(files), []);
});

test("no link of them is dead", async () => {
    const seen = new Map();
    for (const row of pages.filter((page) => !page.status)) {
        const context = await person(languages[2], row.who);
        const { page } = await open(context, await address(context, row, languages[2]));
        const links = await page.$$eval("a[href], link[href], img[src], script[src]", (items) =>
            items.map((item) => item.href || item.src),
        );
        await page.close();
        for (const link of links.map((link) => link.split("#")[0])) {
            const key = `${row.who ?? ""} ${link}`;
            if (link.startsWith(house.url) && !seen.has(key)) {
                const answer = await context.request.get(link, { maxRedirects: 5 });
                seen.set(key, answer.status());
            }
        }
    }
    assert.deepEqual([...seen].filter(([, status]) => status >= 400), []);
    assert.ok(seen.size > 0);
});
