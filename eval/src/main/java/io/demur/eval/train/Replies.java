package io.demur.eval.train;

import io.demur.core.Request;
import io.demur.core.detect.linear.PromptWords;
import io.demur.core.detect.linear.RefusalModel;

/** Runs a model over examples. */
final class Replies {

    private Replies() {}

    static RefusalModel.Pass pass(RefusalModel model, Example example) {
        return model.pass(example.response(), PromptWords.of(example.request()));
    }

    static RefusalModel.Pass pass(RefusalModel model, String prompt, String response) {
        return model.pass(response, PromptWords.of(Request.of(prompt)));
    }
}
