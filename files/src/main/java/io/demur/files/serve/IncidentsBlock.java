package io.demur.files.serve;

import io.demur.files.serve.ServeConfig.Judge;
import io.demur.files.yaml.YamlMap;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads what is said of requests that come again: who judges where likeness leaves it in doubt. It
 * can only make more of them known; what is done about them is the policy's to say.
 */
final class IncidentsBlock {

    private static final Duration WITHIN_MAX = Duration.ofMinutes(2);
    private static final int PER_DAY_MAX = 1_000_000;

    private final ServerBlocks secrets;

    IncidentsBlock(ServerBlocks secrets) {
        this.secrets = secrets;
    }

    Optional<Judge> read(YamlMap block) {
        Optional<Judge> judge =
                block.map("judge", "url", "model", "key", "within", "questions-a-day")
                        .flatMap(this::judge);
        block.end();
        return judge;
    }

    private Optional<Judge> judge(YamlMap block) {
        block.require("url");
        block.require("model");
        Optional<URI> url = block.text("url").flatMap(it -> ServerBlocks.url(block, "url", it));
        Optional<String> model = block.text("model");
        if (model.filter(String::isBlank).isPresent()) {
            block.refuse("model", "this is empty; a judge is a model by its name");
        }
        Optional<String> key =
                block.text("key").flatMap(it -> secrets.secret(block, "key", "a key", it));
        Optional<Duration> within = block.duration("within");
        if (within.filter(it -> it.isZero() || it.compareTo(WITHIN_MAX) > 0).isPresent()) {
            block.refuse("within", "this is not more than 0 and at most two minutes");
        }
        OptionalInt perDay = block.whole("questions-a-day", 1, PER_DAY_MAX);
        block.end();
        return url.isPresent() && model.isPresent()
                ? Optional.of(
                        new Judge(
                                url.get(),
                                model.get(),
                                key,
                                within.orElse(Judge.WITHIN),
                                perDay.orElse(Judge.PER_DAY_MAX)))
                : Optional.empty();
    }
}
