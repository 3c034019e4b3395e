package io.demur.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Repository;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Clients for Node and Python, where these and their packages are there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptsTest {

    private Site site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new Site(folder);
    }

    @AfterAll
    void stop() {
        site.close();
    }

    private static Path folder(String language) {
        return Repository.root().resolve("clients/src/test").resolve(language);
    }

    @Test
    void theClientsForNode() throws Exception {
        Path folder = folder("node");
        Command.assumeRuns(
                folder,
                "skipped: `npm ci` has not been run in clients/src/test/node, or Node is missing",
                "node",
                "--input-type=module",
                "-e",
                "import 'openai'; import '@anthropic-ai/sdk'; import 'ollama'; import 'ai';");
        Command.run(folder, site, "node", "clients.mjs");
        assertTrue(site.watched.wasCancelled());
    }

    @Test
    void theClientsForPython() throws Exception {
        Path folder = folder("python");
        String python = System.getProperty("demur.python", "python3");
        Command.assumeRuns(
                folder,
                "skipped: Python or its packages in clients/src/test/python/requirements.txt are"
                        + " missing",
                python,
                "-c",
                "import openai, anthropic");
        Command.run(folder, site, python, "clients.py");
        assertTrue(site.watched.wasCancelled());
    }
}
