// A small demonstration of its own, in a new folder (and a new database of PostgreSQL), served on a free port.
//   MARKAZ                the program; else build/markaz
//   MARKAZ_TEST_POSTGRES  a server for PostgreSQL's stories (tests/postgres.sh); without it they are left out
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const markaz = process.env.MARKAZ ?? path.join(root, "build/markaz");

// The engines to live on: a name, and what gives a database to a house.
export const engines = [{ name: "SQLite", database: () => [] }];
const server = process.env.MARKAZ_TEST_POSTGRES;
if (server) {
    engines.push({
        name: "PostgreSQL",
        database: (name) => {
            execFileSync("psql", ["-q", server, "-c", `CREATE DATABASE ${name}`]);
            return ["--db", server.replace("///postgres?", `///${name}?`)];
        },
    });
}

export class House {
    static async open(engine) {
        const house = new House();
        house.folder = mkdtempSync(path.join(tmpdir(), "markaz-story-"));
        house.data = path.join(house.folder, "data");
        house.db = engine.database(`story_${process.pid}`);
        house.markaz("demo", "--small");
        await house.serve();
        return house;
    }

    // Runs a command on the house's data, which must succeed; answers what it printed.
    markaz(command, ...rest) {
        const words = command.split(" ");
        const done = spawnSync(markaz, [...words, "--data", this.data, ...this.db, ...rest], { cwd: root, encoding: "utf8" });
        assert.equal(done.status, 0, `markaz ${command}: ${done.stdout}${done.stderr}`);
        return done.stdout;
    }

    async serve(...more) {
        this.said = "";
        const address = `127.0.0.1:${this.url ? new URL(this.url).port : 0}`;
        this.server = spawn(markaz, ["serve", "--data", this.data, ...this.db, "--listen", address, "--rate", "0", ...more], {
            cwd: root,
        });
        this.ended = new Promise((resolve) => this.server.on("exit", resolve));
        this.url = await new Promise((resolve, reject) => {
            const hear = (bytes) => {
                this.said += bytes;
                const ready = this.said.match(/ready on (https?:\/\/\S+)/);
                if (ready) {
                    resolve(ready[1]);
                }
            };
            this.server.stdout.on("data", hear);
            this.server.stderr.on("data", hear);
            this.ended.then((status) => reject(new Error(`markaz serve ended with ${status}: ${this.said}`)));
        });
    }

    async stop() {
        this.server.kill("SIGTERM");
        await this.ended;
    }

    // On another day: sessions live on, terms run.
    async goTo(day) {
        await this.stop();
        await this.serve("--today", day);
    }

    async close() {
        await this.stop();
        rmSync(this.folder, { recursive: true, force: true });
    }

    keep(name, bytes) {
        const file = path.join(this.folder, name);
        writeFileSync(file, bytes);
        return file;
    }
}
