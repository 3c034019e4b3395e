package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;

class FamiliesTest {

    @Test
    void aFamilyIsToldByTheModelsName() {
        check("gpt-4-0613", "gpt-4");
        check("openai/gpt-4o-mini", "gpt-4");
        check("GPT-3.5-Turbo", "gpt-3.5");
        check("ChatGPT", "gpt-3.5");
        check("meta-llama/Llama-3.1-8B-Instruct", "llama");
        check("llama-2-70b-chat(no system prompt)", "llama");
        check("mistralai/Mixtral-8x7B", "mistral");
        check("claude-3-5-sonnet", Families.NONE);
        check("", Families.NONE);
    }

    @Test
    void aNameOfSeveralFamiliesTellsNone() {
        check("mixed (gpt-3.5/vicuna/llama2)", Families.NONE);
    }

    private static void check(String model, String family) {
        assertEquals(family, Families.of(model), model);
    }

    @Test
    void theReferenceHasThemAll() throws IOException {
        String text = Files.readString(Repository.root().resolve("docs/reference/metrics.md"));
        for (String family : Families.names()) {
            assertTrue(text.contains("| `" + family + "` |"), family);
        }
    }
}
