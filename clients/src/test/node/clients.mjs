// The clients for Node against a gateway: only base URL and key are ours.
import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, jsonSchema, streamText, tool } from 'ai';
import { Ollama } from 'ollama';
import OpenAI from 'openai';

const env = process.env;
const url = env.DEMUR_URL;
const apiKey = env.DEMUR_KEY;
const model = 'rehearsal';
const user = (content) => [{ role: 'user', content }];
const cued = (cues) => `${env.DEMUR_HARMLESS} [rehearse: ${cues}]`;
const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

async function openai() {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
  const chat = (prompt, more) =>
    client.chat.completions.create({ model, messages: user(prompt), ...more });

  const whole = await chat(env.DEMUR_HARMLESS);
  assert.match(whole.choices[0].message.content, /Python/);
  const stream = client.chat.completions.stream({ model, messages: user(env.DEMUR_HARMLESS) });
  assert.equal(await stream.finalContent(), whole.choices[0].message.content);

  const tools = [{ type: 'function', function: { name: 'weather', parameters: schema } }];
  const called = (await chat(cued('tool'), { tools })).choices[0];
  assert.equal(called.finish_reason, 'tool_calls');
  const call = called.message.tool_calls[0];
  assert.ok(JSON.parse(call.function.arguments).city);
  const after = await client.chat.completions.create({
    model,
    tools,
    messages: [
      ...user(cued('tool')),
      called.message,
      { role: 'tool', tool_call_id: call.id, content: '17 degrees' },
    ],
  });
  assert.match(after.choices[0].message.content, /17 degrees/);

  const shaped = await client.chat.completions.parse({
    model,
    messages: user(env.DEMUR_HARMLESS),
    response_format: { type: 'json_schema', json_schema: { name: 'place', strict: true, schema } },
  });
  assert.ok(JSON.parse(shaped.choices[0].message.content).city);

  // this client asks for base64 unless it is told otherwise
  const embedded = await client.embeddings.create({ model, input: ['a cat', 'a dog'] });
  assert.equal(embedded.data.length, 2);
  assert.equal(embedded.data[0].embedding.length, 256);

  const other = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'dmr_nobody', maxRetries: 0 });
  await assert.rejects(other.models.list(), OpenAI.AuthenticationError);
  await assert.rejects(chat('hello', { model: 'other' }), OpenAI.NotFoundError);
  await assert.rejects(chat(cued('busy')), OpenAI.RateLimitError);

  assert.ok((await chat(env.DEMUR_HARMFUL)).choices[0].message.content);
  const structured = new OpenAI({
    baseURL: `${env.DEMUR_STRUCTURED_URL}/v1`,
    apiKey: env.DEMUR_STRUCTURED_KEY,
  });
  const refused = structured.chat.completions.stream({ model, messages: user(env.DEMUR_HARMFUL) });
  assert.ok((await refused.finalMessage()).refusal);
  assert.ok((await chat(cued('provider refusal'))).choices[0].message.refusal);

  const flowing = new OpenAI({
    baseURL: `${env.DEMUR_LENIENT_URL}/v1`,
    apiKey: env.DEMUR_LENIENT_KEY,
    maxRetries: 0,
  });
  await assert.rejects(async () => {
    const broken = await flowing.chat.completions.create({
      model,
      stream: true,
      messages: user(cued('slow 1, pieces 20, preamble 3000, break')),
    });
    for await (const chunk of broken) assert.equal(chunk.object, 'chat.completion.chunk');
  });
  const long = await flowing.chat.completions.create({
    model: 'watched',
    stream: true,
    messages: user(env.DEMUR_LONG),
  });
  for await (const chunk of long) {
    if (chunk.choices[0].delta.content) break; // which aborts the request
  }
}

async function anthropic() {
  const client = new Anthropic({ baseURL: url, apiKey, maxRetries: 0 });
  const params = (content, more) => ({
    model,
    max_tokens: 1000,
    messages: user(content),
    ...more,
  });
  const whole = await client.messages.create(params(env.DEMUR_HARMLESS));
  assert.match(whole.content[0].text, /Python/);
  const streamed = client.messages.stream(params(env.DEMUR_HARMLESS));
  assert.equal(await streamed.finalText(), whole.content[0].text);

  const tools = [{ name: 'weather', input_schema: schema }];
  const called = await client.messages.stream(params(cued('tool'), { tools })).finalMessage();
  assert.equal(called.stop_reason, 'tool_use');
  const call = called.content.find((block) => block.type === 'tool_use');
  assert.ok(call.input.city);
  const messages = [
    ...user(cued('tool')),
    { role: 'assistant', content: called.content },
    {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: call.id, content: '17 degrees' }],
    },
  ];
  const after = await client.messages.create({ model, max_tokens: 1000, tools, messages });
  assert.match(after.content[0].text, /17 degrees/);

  const other = new Anthropic({ baseURL: url, apiKey: 'dmr_nobody', maxRetries: 0 });
  await assert.rejects(other.messages.create(params('hello')), Anthropic.AuthenticationError);
  await assert.rejects(
    client.messages.create(params('hello', { model: 'other' })),
    Anthropic.NotFoundError,
  );
  const structured = new Anthropic({
    baseURL: env.DEMUR_STRUCTURED_URL,
    apiKey: env.DEMUR_STRUCTURED_KEY,
  });
  const refused = await structured.messages.stream(params(env.DEMUR_HARMFUL)).finalMessage();
  assert.equal(refused.stop_reason, 'refusal');
  assert.ok(refused.stop_details.explanation);
}

async function ollama() {
  const client = new Ollama({ host: `${url}/k/${apiKey}` });
  const whole = await client.chat({ model, messages: user(env.DEMUR_HARMLESS) });
  assert.match(whole.message.content, /Python/);
  let text = '';
  let last;
  for await (const part of await client.chat({
    model,
    stream: true,
    messages: user(env.DEMUR_HARMLESS),
  })) {
    text += part.message.content;
    last = part;
  }
  assert.equal(text, whole.message.content);
  assert.equal(last.done_reason, 'stop');
  assert.ok((await client.list()).models.some((each) => each.name.startsWith(model)));
  assert.equal((await client.embed({ model, input: ['a', 'b'] })).embeddings.length, 2);
  const shaped = await client.chat({ model, messages: user(env.DEMUR_HARMLESS), format: schema });
  assert.ok(JSON.parse(shaped.message.content).city);
  await assert.rejects(client.chat({ model: 'other', messages: user('hello') }));
  assert.ok((await client.chat({ model, messages: user(env.DEMUR_HARMFUL) })).message.content);
}

async function ai() {
  const provider = createOpenAICompatible({ name: 'demur', baseURL: `${url}/v1`, apiKey });
  const whole = await generateText({ model: provider(model), prompt: env.DEMUR_HARMLESS });
  assert.match(whole.text, /Python/);
  const streamed = streamText({ model: provider(model), prompt: env.DEMUR_HARMLESS });
  assert.equal(await streamed.text, whole.text);
  const called = await generateText({
    model: provider(model),
    prompt: cued('tool'),
    tools: { weather: tool({ inputSchema: jsonSchema(schema) }) },
  });
  assert.equal(called.toolCalls[0].toolName, 'weather');
  const refused = await generateText({ model: provider(model), prompt: env.DEMUR_HARMFUL });
  assert.ok(refused.text);
}

for (const client of [openai, anthropic, ollama, ai]) {
  try {
    await client();
  } catch (error) {
    console.error(`${client.name}: ${error.stack}`);
    process.exitCode = 1;
  }
}
