// A demo served on a free port for the time of a test file, and the browser that looks at it.
//   MARKAZ          the program (build/markaz)
//   MARKAZ_DEMO     a demo already made; else one is made here, once for each run
//   MARKAZ_DB       postgresql://... to run on PostgreSQL
//   MARKAZ_URL      a server that runs already: nothing is started
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const shots = process.env.MARKAZ_SHOTS ?? path.join(root, ".cache/browser");
mkdirSync(shots, { recursive: true });
const markaz = process.env.MARKAZ ?? path.join(root, "build/markaz");

// Makes or copies a demo and serves it. stop() ends the server and removes the folder.
export async function startHouse() {
    if (process.env.MARKAZ_URL) {
        return { url: process.env.MARKAZ_URL, data: null, stop: async () => {} };
    }
    const folder = mkdtempSync(path.join(tmpdir(), "markaz-browser-"));
    const data = path.join(folder, "data");
    const db = process.env.MARKAZ_DB ? ["--db", process.env.MARKAZ_DB] : [];
    if (process.env.MARKAZ_DEMO && existsSync(process.env.MARKAZ_DEMO)) {
        cpSync(process.env.MARKAZ_DEMO, data, { recursive: true });
    } else {
        const made = spawnSync(markaz, ["demo", "--data", data, ...db], { encoding: "utf8", cwd: root });
        if (made.status !== 0) {
            throw new Error(`markaz demo: ${made.stderr}`);
        }
    }
    const server = spawn(markaz, ["serve", "--data", data, ...db, "--listen", "127.0.0.1:0", "--rate", "0"], { cwd: root });
    let said = "";
    const url = await new Promise((resolve, reject) => {
        const hear = (bytes) => {
            said += bytes;
            const ready = said.match(/ready on (https?:\/\/\S+)/);
            if (ready) {
                resolve(ready[1]);
            }
        };
        server.stdout.on("data", hear);
        server.stderr.on("data", hear);
        server.on("exit", (status) => reject(new Error(`markaz serve ended with ${status}: ${said}`)));
    });
    server.removeAllListeners("exit");
    return {
        url,
        data,
        log: () => said,
        stop: async () => {
            const ended = new Promise((resolve) => server.on("exit", resolve));
            server.kill("SIGTERM");
            await ended;
            rmSync(folder, { recursive: true, force: true });
        },
    };
}

export async function startBrowser() {
    const isRoot = process.getuid?.() === 0; // Chromium's own sandbox refuses to run as root
    return chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: isRoot ? ["--no-sandbox"] : [],
    });
}

// A new person at the browser: a language, a width, maybe without JavaScript, dark, on paper.
export async function newPerson(browser, language, width, more = {}) {
    return browser.newContext({
        locale: language.locale,
        viewport: { width: width.width, height: width.height },
        ignoreHTTPSErrors: true,
        ...more,
    });
}

// Opens a page; complaints collects what the console says and what the page fails to load.
export async function open(context, url) {
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => {
        if (["error", "warning"].includes(message.type()) && !/status of (403|404)/.test(message.text())) {
            complaints.push(message.text());
        }
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("requestfailed", (request) => complaints.push(`${request.url()} ${request.failure()?.errorText}`));
    const response = await page.goto(url, { waitUntil: "load" });
    return { page, response, complaints };
}

// Signs in as an account of the demo, whose sign-in page names them and shows the code that a telephone would. Answers
// the cookies, for newPerson(..., { storageState }): a code is good once.
export async function signIn(browser, url, who) {
    const context = await browser.newContext({ locale: "en-GB", ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(`${url}/sign-in`);
    await page.click(`form:has(input[name=email][value="${who}@demo.example"]) button`);
    if ((await page.locator("input[name=code]").count()) > 0) {
        const code = (await page.textContent("main .notice.info")).match(/\d{6}/)[0];
        await page.fill("input[name=code]", code);
        await page.click("main form button[type=submit]");
    }
    await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
    const cookies = await context.storageState();
    await context.close();
    return cookies;
}
