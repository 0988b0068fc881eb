#include "agent/verbs.h"

#include <vector>

#include "agent/agent.h"
#include "agent/request.h"
#include "core/call.h"
#include "core/process_state.h"
#include "core/residue.h"

namespace ipcmark {

namespace {

struct asked {
  conversation& c;
  agent_host& host;
  std::string_view id;
  std::vector<value> given;
  answer a;
};

void greet(asked& q) {
  if (q.given.empty() || q.given[0].is != value::kind::integer || q.given.size() > 2) {
    return q.a.refuse("hello takes the protocol's version and, if any, the run's name");
  }
  if (q.given[0].number != protocol_version) {
    q.c.over = true;
    q.c.exit_code = exit_usage;
    return q.a.refuse("this agent speaks version " + std::to_string(protocol_version) +
                      " of the protocol, and was greeted in " + std::to_string(q.given[0].number) +
                      "; build the agent and the harness from one source");
  }
  // Once only: the objects of a first run would be nobody's.
  if (q.c.greeted) return q.a.refuse("the agent has been greeted already");
  if (q.given.size() == 2) {
    std::string why;
    if (!text_from(q.given[1], q.c.run, why) || !run_in(q.c.run))
      return q.a.refuse("hello: that is no run's name");
    if (!q.host.open_run(q.c.run, q.a, why)) return q.a.refuse(why);
  }
  q.c.greeted = true;
  q.a.out.add("protocol", protocol_version).add("version", IPCMARK_VERSION);
  describe_system(q.a.out);
}

void start(asked& q) {
  std::string why;
  const std::string& peer = q.given[0].text;
  if (!is_peer_name(peer))
    return q.a.refuse("a peer's name is SCOPE/ROLE, of letters, digits, '.', '_' and '-'");
  if (!q.host.start(peer, q.id, why)) return q.a.refuse(why);
  q.a.silent = true;
}

void blocked(asked& q) {
  std::string why;
  int milliseconds = 0;
  const bool understood = from_value<int>::convert(q.given[1], milliseconds, why);
  if (!understood || !q.host.ask_blocked(q.given[0].text, q.id, milliseconds, why)) return q.a.refuse(why);
  q.a.silent = true;
}

void kill(asked& q) {
  std::string why;
  if (!q.host.kill(q.given[0].text, why)) q.a.refuse(why);
}

void signal(asked& q) {
  std::string why;
  if (!q.host.signal(q.given[0].text, q.given[1], why)) q.a.refuse(why);
}

void state(asked& q) {
  const std::optional<int64_t> pid = q.host.pid_of(q.given[0].text);
  const std::optional<process_state> seen = pid ? process_state_of(*pid) : std::nullopt;
  if (!seen) return q.a.refuse("there is no peer '" + q.given[0].text + "'");
  q.a.out.add("process", to_node(*seen));
}

void end(asked& q) {
  q.host.end(q.given[0].text, q.id);
  q.a.silent = true;
}

void sweep_run(asked& q) {
  if (q.c.run.empty()) return q.a.refuse("sweep needs a run's name: greet with one");
  const std::vector<leftover> gone = sweep(q.c.run);
  node names = node::list();
  for (const leftover& l : gone) names.items.emplace_back(l.name);
  q.a.ret = static_cast<int64_t>(gone.size());
  q.a.out.add("removed", std::move(names));
}

void calls(asked& q) { list_calls(q.a); }
void all_constants(asked& q) { list_constants(q.a); }
void bye(asked& q) { q.c.over = true; }

struct verb {
  const char* name;
  size_t words;  // of which the first is a text
  void (*carry_out)(asked&);
};
constexpr size_t any_words = SIZE_MAX;
constexpr verb verbs[] = {
    {"hello", any_words, greet},
    {"start", 1, start},
    {"blocked", 2, blocked},
    {"kill", 1, kill},
    {"signal", 2, signal},
    {"state", 1, state},
    {"end", 1, end},
    {"sweep", 0, sweep_run},
    {"calls", 0, calls},
    {"constants", 0, all_constants},
    {"bye", 0, bye},
};

void carry_out(asked& q, std::string_view name, std::string_view rest) {
  std::string why;
  for (const verb& v : verbs) {
    if (name != v.name) continue;
    const bool greets = v.carry_out == greet;
    if (!q.c.greeted && !greets)
      return q.a.refuse("say hello first: 1 agent hello " + std::to_string(protocol_version));
    if (!parse_values(rest, q.given, why)) return q.a.refuse(why);
    const bool counted = v.words == any_words || v.words == q.given.size();
    if (!counted || (v.words != any_words && v.words > 0 && q.given[0].is != value::kind::text)) {
      return q.a.refuse(std::string(name) + " takes " + std::to_string(v.words) +
                        (v.words == 1 ? " word" : " words"));
    }
    return v.carry_out(q);
  }
  q.a.refuse("the agent has no verb '" + std::string(name) + "'");
}

void request(conversation& c, agent_host& host, std::string_view line) {
  std::string_view rest = line;
  const std::string_view id = take_word(rest);
  if (id.empty()) return;
  if (!is_id(id)) return write_out(refusal("", "a request begins with a whole number: ID TO VERB ARGUMENT…"));
  const std::string_view to = take_word(rest), name = take_word(rest);
  std::string why;
  if (name.empty()) {
    why = "a request is ID TO VERB ARGUMENT…";
  } else if (line.find('\0') != std::string_view::npos) {
    why = "a line may not hold a NUL";
  } else if (to == "agent") {
    asked q{c, host, id, {}, {}};
    carry_out(q, name, rest);
    if (!q.a.silent) write_out(q.a.json(id));
    return;
  } else if (!c.greeted) {
    why = "say hello first: 1 agent hello " + std::to_string(protocol_version);
  } else if (host.forward(to, id, name, rest, why)) {
    return;
  }
  write_out(refusal(id, why));
}

}  // namespace

void take_input(conversation& c, agent_host& host, std::string_view piece) {
  const size_t searched = c.unread.size();
  c.unread.append(piece);
  size_t at = 0;
  for (size_t end = c.unread.find('\n', searched); end != std::string::npos && !c.over;
       end = c.unread.find('\n', at)) {
    request(c, host, std::string_view(c.unread).substr(at, end - at));
    at = end + 1;
  }
  c.unread.erase(0, at);
  if (c.unread.size() > longest_line) {
    write_out(refusal("", "a line is longer than 8 MiB; the agent ends"));
    c.over = true;
    c.exit_code = exit_usage;
  }
}

}  // namespace ipcmark
