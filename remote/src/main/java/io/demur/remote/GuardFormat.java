package io.demur.remote;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The families of guard models that can be asked, and the names by which users choose them. */
public enum GuardFormat {
    /** Llama Guard 3 and 4. */
    LLAMA_GUARD("llama-guard", "meta-llama/Llama-Guard-3-8B"),
    /** WildGuard. */
    WILDGUARD("wildguard", "allenai/wildguard"),
    /** Granite Guardian 3.0 to 3.3. */
    GRANITE_GUARDIAN("granite-guardian", "ibm-granite/granite-guardian-3.3-8b"),
    /** ShieldGemma. */
    SHIELD_GEMMA("shieldgemma", "google/shieldgemma-9b"),
    /** Qwen3Guard-Gen. */
    QWEN3_GUARD("qwen3guard", "Qwen/Qwen3Guard-Gen-4B"),
    /** gpt-oss-safeguard. */
    GPT_OSS_SAFEGUARD("gpt-oss-safeguard", "openai/gpt-oss-safeguard-20b");

    private final String label;
    private final String model;

    GuardFormat(String label, String model) {
        this.label = label;
        this.model = model;
    }

    /**
     * The format of that name, in any case.
     *
     * @throws IllegalArgumentException where there is none; the message lists those there are
     */
    public static GuardFormat named(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.label.equals(plain))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "`%s` is no guard; there are %s"
                                                .formatted(
                                                        name,
                                                        names().stream()
                                                                .map(n -> "`" + n + "`")
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    /** All names, in the order of the documentation. */
    public static List<String> names() {
        return Arrays.stream(values()).map(GuardFormat::label).toList();
    }

    /** The name by which users choose it. */
    public String label() {
        return label;
    }

    /** Its usual model, as servers that load models from Hugging Face name it. */
    public String usualModel() {
        return model;
    }

    /** Whether its answers say if a response refuses. */
    public boolean seesRefusals() {
        return guard().seesRefusals();
    }

    Guard guard() {
        return switch (this) {
            case LLAMA_GUARD -> new LlamaGuard();
            case WILDGUARD -> new WildGuard();
            case GRANITE_GUARDIAN -> new GraniteGuardian();
            case SHIELD_GEMMA -> new ShieldGemma();
            case QWEN3_GUARD -> new Qwen3Guard();
            case GPT_OSS_SAFEGUARD -> new GptOssSafeguard();
        };
    }
}
