// Every page of pages.mjs in three languages and two widths: answers, says its language and direction, fits, complains of
// nothing, and passes axe and vnu. Screenshots stay in .cache/browser.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { axe, overflow, vnu } from "./checks.mjs";
import { newPerson, open, shots, startBrowser, startHouse } from "./house.mjs";
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

// One person for each language and width.
async function person(language, width) {
    const key = `${language.code} ${width.name}`;
    if (!contexts.has(key)) {
        const context = await newPerson(browser, language, width);
        contexts.set(key, context);
    }
    return contexts.get(key);
}

for (const row of pages) {
    for (const language of languages) {
        for (const width of widths) {
            test(`${row.path} in ${language.code} on a ${width.name}`, async () => {
                const context = await person(language, width);
                const { page, response, complaints } = await open(context, house.url + row.path);
                const name = `${row.name}-${language.code}-${width.name}`;
                await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
                if (width === widths[0]) {
                    const file = path.join(html, `${row.name}-${language.code}.html`);
                    writeFileSync(file, await response.text());
                    files.push(file);
                }
                assert.equal(response.status(), row.status ?? 200);
                assert.equal(await page.getAttribute("html", "lang"), language.code);
                assert.equal(await page.getAttribute("html", "dir"), language.dir);
                assert.equal(await page.locator("h1").count(), 1, "one h1");
                assert.equal(await overflow(page), 0, "wider than the window");
                assert.deepEqual(complaints, []);
                assert.deepEqual(await axe(page), []);
                await page.close();
            });
        }
    }
}

test("vnu finds nothing to say of their HTML", () => {
    assert.deepEqual(vnu(files), []);
});

test("no link of them is dead", async () => {
    const seen = new Map();
    for (const row of pages.filter((page) => !page.status)) {
        const context = await person(languages[2], widths[1]);
        const { page } = await open(context, house.url + row.path);
        const links = await page.$$eval("a[href], link[href], img[src], script[src]", (items) =>
            items.map((item) => item.href || item.src),
        );
        await page.close();
        for (const link of links.map((link) => link.split("#")[0])) {
            if (link.startsWith(house.url) && !seen.has(link)) {
                const answer = await context.request.get(link, { maxRedirects: 5 });
                seen.set(link, answer.status());
            }
        }
    }
    assert.deepEqual([...seen].filter(([, status]) => status >= 400), []);
    assert.ok(seen.size > 0);
});
