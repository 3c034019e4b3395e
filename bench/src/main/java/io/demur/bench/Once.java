package io.demur.bench;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;

import java.util.HashMap;
import java.util.Map;

/** Judges each text once, because preambles come again and again. For one thread. */
final class Once implements HarmPredictor {

    private final HarmPredictor judge;
    private final Map<String, Assessment> known = new HashMap<>();

    Once(HarmPredictor judge) {
        this.judge = judge;
    }

    @Override
    public JudgeId id() {
        return judge.id();
    }

    @Override
    public Assessment assess(Request request) {
        return known.computeIfAbsent(request.prompt(), text -> judge.assess(request));
    }
}
