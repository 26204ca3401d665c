using System.Text;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Described;

/// <summary>What is read from a description of Mion's API, and what is asked for and not guessed.</summary>
[TestFixture]
public sealed class ImportTests
{
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly string[] _names = ["paths", "snake", "account"];

    [TestCaseSource(nameof(_names))]
    public void A_description_is_read_as_it_would_be_by_hand(string name)
    {
        var mion = MadeUpMion.Find(name)!;
        var proposal = mion.Propose();
        var values = proposal.Rows.ToDictionary(row => row.Key, row => row.Value);

        var expected = mion.Contract.ToDictionary(each => each.Key, each =>
            each.Value.Replace($" {mion.BasePath}/", " /", StringComparison.Ordinal));
        expected["apiKeyHeader"] = mion.KeyPrefix.Length > 0 ? $"{mion.KeyHeader}: {mion.KeyPrefix}" : mion.KeyHeader;
        Assert.That(proposal.Rows.Where(row => row.IsAsked).Select(row => row.Key), Is.Empty);
        Assert.That(MionContract.Terms.Where(term =>
            term.Key != "baseUrl" && values[term.Key] != expected.GetValueOrDefault(term.Key, term.Default))
            .Select(term => $"{term.Key}: {values[term.Key]} and not {expected.GetValueOrDefault(term.Key, term.Default)}"), Is.Empty);
        Assert.That(new Uri(values["baseUrl"]).AbsolutePath, Is.EqualTo(mion.BasePath));
        Assert.That(proposal.NotSent, Is.Empty);
    }

    [Test]
    public void What_was_chosen_of_what_the_description_says_was_read_in_it()
    {
        var contract = MadeUpMion.Find("account")!.Propose().ToContract();

        Assert.That(contract.Read, Does.Contain("baseUrl"));
        Assert.That(contract["baseUrl"], Is.EqualTo("https://live.mion.example/v1"));
    }

    [TestCaseSource(nameof(_names))]
    public void What_is_kept_fits_into_a_setting_and_comes_back(string name)
    {
        var contract = MadeUpMion.Find(name)!.Propose().ToContract();

        Assert.That(contract.ToText(), Has.Length.LessThan(MionContract.MaxText));
        Assert.That(MionContract.Parse(contract.ToText()).Differences, Is.EquivalentTo(contract.Differences));
        Assert.That(MionContract.Parse(contract.ToText()).Read, Is.EquivalentTo(contract.Read));
    }

    [Test]
    public void Of_two_addresses_none_is_taken()
    {
        var description = OpenApiReader.Read(File.ReadAllBytes(MadeUpMion.Find("account")!.File)).Description;

        var row = Row(ContractProposal.Of(description, new Dictionary<string, string>()), "baseUrl");

        Assert.That(row.State, Is.EqualTo(ProposalState.Ambiguous));
        Assert.That(row.Choices, Is.EqualTo(new[] { "https://sandbox.mion.example/v1", "https://live.mion.example/v1" }));
        Assert.That(Row(ContractProposal.Of(description, new Dictionary<string, string> { ["baseUrl"] = "http://elsewhere.example" }),
            "baseUrl").IsAsked, Is.True, "a choice must be good too");
    }

    [Test]
    public void Two_operations_that_fit_are_asked_about_and_the_fields_are_those_of_the_chosen_one()
    {
        var file = Change("account", root => root["paths"]!["/v0/payment-sessions"] = Parse(root["paths"]!["/payment-sessions"]!.ToString()
            .Replace("\"amount\"", "\"amountCents\"", StringComparison.Ordinal)));

        Assert.That(Row(Propose(file), "create.path").Choices,
            Is.EquivalentTo(new[] { "POST /payment-sessions", "POST /v0/payment-sessions" }));
        Assert.That(Row(Propose(file, ("create.path", "POST /v0/payment-sessions")), "create.amount").Value, Is.EqualTo("amountCents"));
    }

    [Test]
    public void A_time_of_payment_is_taken_by_no_other_name()
    {
        var file = Change("account", root =>
            root["components"]!["schemas"]!["Session"]!["properties"]!.Children<JProperty>().Single(property => property.Name == "paidAt")
            .Replace(new JProperty("completedAt", new JObject { ["type"] = "string", ["format"] = "date-time" })));

        Assert.That(Row(Propose(file), "session.paidAt").State, Is.EqualTo(ProposalState.Missing));
    }

    [Test]
    public void What_Mion_demands_beyond_what_is_sent_is_said()
    {
        var file = Change("paths", root =>
        {
            var schema = root["components"]!["schemas"]!["NewSession"]!["allOf"]![1]!;
            ((JArray)schema["required"]!).Add("terminal");
            schema["properties"]!["terminal"] = new JObject { ["type"] = "string" };
        });

        Assert.That(Propose(file).NotSent, Is.EqualTo(new[] { "POST /checkout/sessions: terminal" }));
    }

    [Test]
    public void What_is_sent_nowhere_in_the_description_is_asked_for_and_can_be_left_out()
    {
        var file = Change("account", root => ((JObject)CreateSchema(root)["properties"]!).Remove("retailPos"));

        var asked = Row(Propose(file), "create.retailPos");
        var answered = Propose(file, ("create.retailPos", "–"));

        Assert.That(asked.State, Is.EqualTo(ProposalState.Missing));
        Assert.That(asked.Choices, Does.Contain("retailPos").And.Contain("–"));
        Assert.That(asked.Value, Is.Empty, "not guessed");
        Assert.That(Row(answered, "create.retailPos").Value, Is.Empty);
        Assert.That(answered.ToContract().TryPut([], "create.retailPos", true), Is.False);
        Assert.That(Row(Propose(file, ("create.amount", "–"), ("create.retailPos", "no name")), "create.retailPos").Value,
            Is.EqualTo("no name"), "what was entered stays");
    }

    [Test]
    public void What_the_description_does_not_say_stays_as_it_is()
    {
        var file = Change("snake", root => root.Remove("webhooks"));
        var current = new MionApiOptions
        {
            ApiKey = "key",
            CallbackSignatureHeader = "X-By-Hand",
            Contract = MionContract.Of(new Dictionary<string, string> { ["callback.status"] = "by_hand" })
        };

        var proposal = ContractProposal.Of(OpenApiReader.Read(file).Description, new Dictionary<string, string>(), current);

        Assert.That((Row(proposal, "callback.signatureHeader").Value, Row(proposal, "callback.signatureHeader").State),
            Is.EqualTo(("X-By-Hand", ProposalState.NotFound)));
        Assert.That(proposal.ToContract()["callback.status"], Is.EqualTo("by_hand"));
        Assert.That(proposal.ToContract().Read, Does.Not.Contain("callback.status"));
    }

    [Test]
    public void Without_a_status_of_its_own_a_session_is_read_by_its_id()
    {
        var file = Change("snake", root => ((JObject)root["paths"]!).Remove("/payments/sessions/{session_id}/status"));

        Assert.That(Row(Propose(file), "status.path").Value, Is.EqualTo("GET /payments/sessions/{paymentSessionId}"));
    }

    [Test]
    public void A_path_that_holds_more_than_the_session_is_completed_by_a_person_and_its_fields_are_found_all_the_same()
    {
        var file = Change("snake", root =>
            Rename(root, "/payments/sessions/{session_id}/status", "/{merchant}/sessions/{session_id}/status"));

        Assert.That(Row(Propose(file), "status.path").State, Is.EqualTo(ProposalState.Missing));
        var proposal = Propose(file, ("status.path", "GET /42/sessions/{paymentSessionId}/status"));

        Assert.That(Row(proposal, "status.path").State, Is.EqualTo(ProposalState.Chosen));
        Assert.That(Row(proposal, "session.paidAt").Value, Is.EqualTo("paid_at"));
    }

    [Test]
    public void An_address_that_can_be_two_is_asked_about()
    {
        var hosts = new JObject { ["default"] = "mion.example", ["enum"] = new JArray("mion.example", "test.example") };
        var file = Change("snake", root => root["servers"]![0]!["variables"]!["host"] = hosts);

        Assert.That(Row(Propose(file), "baseUrl").Choices, Is.EqualTo(new[] { "https://mion.example/api", "https://test.example/api" }));
    }

    [Test]
    public void A_time_whose_unit_nobody_tells_is_asked_about()
    {
        var file = Change("account", root =>
        {
            var fields = (JObject)CreateSchema(root)["properties"]!;
            fields.Remove("expiresInSeconds");
            fields["expiresIn"] = new JObject { ["type"] = "integer" };
        });

        Assert.That(Row(Propose(file), "create.expiresAt").Value, Is.EqualTo("expiresIn"));
        Assert.That(Row(Propose(file), "create.times").Choices,
            Is.EqualTo(new[] { TimeForm.Unix, TimeForm.UnixMs, TimeForm.Seconds, TimeForm.Minutes }));
    }

    [Test]
    public void Only_what_has_to_be_there_is_said_to_be_demanded()
    {
        var file = Change("account", root =>
        {
            var email = new JObject { ["email"] = new JObject { ["type"] = "string" } };
            var customer = new JObject { ["type"] = "object", ["required"] = new JArray("email"), ["properties"] = email };
            CreateSchema(root)["properties"]!["customer"] = customer;
        });
        Assert.That(Propose(file).NotSent, Is.Empty, "a customer need not be named");

        var demanding = Change(file, root => ((JArray)CreateSchema(root)["required"]!).Add("customer"));
        Assert.That(Propose(demanding).NotSent, Is.EqualTo(new[] { "POST /payment-sessions: customer.email" }));
    }

    [Test]
    public void What_cannot_be_a_value_is_kept_nowhere()
    {
        var contract = MionContract.Of(new Dictionary<string, string>
        {
            ["create.path"] = "",
            ["status.path"] = "DELETE /x",
            ["session.paidAt"] = "",
            ["session.status"] = "a b",
            ["answers.times"] = "minutes",
            ["unknown"] = "x"
        });

        Assert.That(contract.Differences, Is.Empty);
        Assert.That(MionContract.Parse("""{"Values":{"create.path":"GET /x","session.amount":"sum"},"Read":["session.amount","nothing"]}""")
            .Differences.Keys, Is.EqualTo(new[] { "session.amount" }));
        foreach (var broken in new[] { "{", "[]", "null", "7", """{"Values":[1]}""", """{"Read":null}""" })
            Assert.That(MionContract.Parse(broken).Differences, Is.Empty, broken);
    }

    [Test]
    public void Two_stores_at_once_have_each_its_own()
    {
        var texts = new[] { "snake", "account" }.Select(name => MadeUpMion.Find(name)!.Propose().ToContract().ToText()).ToArray();
        var paths = texts.Select(text => MionContract.Parse(text)["create.path"]).ToArray();
        Assert.That(paths, Is.Unique);

        Parallel.For(0, 1_000, i => Assert.That(MionContract.Parse(texts[i % 2])["create.path"], Is.EqualTo(paths[i % 2])));
    }

    [TestCase("# Mion\nopenapi: '3.1.0'", DescriptionProblem.Yaml)]
    [TestCase("openapi: 3.0.0\npaths: {}", DescriptionProblem.Yaml)]
    [TestCase("hello", DescriptionProblem.NotJson)]
    [TestCase("{", DescriptionProblem.NotJson)]
    [TestCase("", DescriptionProblem.NotJson)]
    [TestCase("[]", DescriptionProblem.NotJson)]
    [TestCase("{}", DescriptionProblem.OtherVersion)]
    [TestCase("""{"swagger":"2.0"}""", DescriptionProblem.OtherVersion)]
    [TestCase("""{"openapi":3.0}""", DescriptionProblem.OtherVersion)]
    [TestCase("""{"openapi":"3.0.0","paths":{}}""", DescriptionProblem.NoOperations)]
    [TestCase("""{"openapi":"3.0.0","info":"x","paths":[1],"servers":{"a":1}}""", DescriptionProblem.NoOperations)]
    [TestCase("""{"openapi":"3.0.0","paths":{"/a":{"$ref":"https://elsewhere.example/a.json"}}}""", DescriptionProblem.ReferenceOutside)]
    [TestCase("""{"openapi":"3.0.0","paths":{"/a":{"$ref":"other.json#/a"}}}""", DescriptionProblem.ReferenceOutside)]
    [TestCase("""{"openapi":"3.0.0","paths":{"/a":{"$ref":"#/paths/~1a"}}}""", DescriptionProblem.NoOperations)]
    public void What_is_no_description_is_refused(string file, DescriptionProblem problem) =>
        Assert.That(OpenApiReader.Read(Encoding.UTF8.GetBytes(file)).Problem, Is.EqualTo(problem));

    [Test]
    public void What_is_too_large_too_deep_or_too_much_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);
        var much = "{\"openapi\":\"3.0.0\",\"x\":[" + string.Join(',', Enumerable.Repeat("0", 600_000)) + "]}";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(OpenApiReader.Read(new byte[OpenApiReader.MaxBytes + 1]).Problem, Is.EqualTo(DescriptionProblem.TooLarge));
            Assert.That(OpenApiReader.Read(Encoding.UTF8.GetBytes(deep)).Problem, Is.EqualTo(DescriptionProblem.TooComplex));
            Assert.That(OpenApiReader.Read(Encoding.UTF8.GetBytes(much)).Problem, Is.EqualTo(DescriptionProblem.TooComplex));
            Assert.That(OpenApiReader.Read([0x7B, 0xC3, 0x28, 0x7D]).Problem, Is.EqualTo(DescriptionProblem.NotJson));
            Assert.That(OpenApiReader.Read(Encoding.UTF8.GetBytes(LongNames())).Problem, Is.EqualTo(DescriptionProblem.TooComplex),
                "a form could not carry it");
        }
    }

    [Test]
    public void A_schema_that_holds_itself_comes_to_an_end_and_what_lies_least_deep_counts()
    {
        var file = Change("paths", root =>
        {
            var fields = (JObject)root["components"]!["schemas"]!["Session"]!["properties"]!;
            foreach (var name in new[] { "parent", "child", "other" })
                fields.AddFirst(new JProperty(name, new JObject { ["$ref"] = "#/components/schemas/Session" }));
        });

        Assert.That(Row(Propose(file), "session.paidAt").Value, Is.EqualTo("data.paidAt"));
    }

    [Test]
    public void Among_many_operations_those_about_payments_are_read()
    {
        var file = Change("paths", root =>
        {
            for (var i = 0; i < 2000; i++)
                ((JObject)root["paths"]!)
                    .AddFirst(new JProperty($"/things/{i}",
                    new JObject { ["get"] = new JObject { ["responses"] = root["paths"]!.Last!.First!.First!.First!["responses"]!.DeepClone() } }));
        });

        Assert.That(Propose(file).IsComplete, Is.True);
    }

    [Test]
    public void When_something_else_was_paid_is_not_when_the_session_was()
    {
        var file = Change("account", root =>
        {
            var fields = (JObject)root["components"]!["schemas"]!["Session"]!["properties"]!;
            fields["fee"] = new JObject { ["properties"] = new JObject { ["paidAt"] = fields["paidAt"]!.DeepClone() } };
            fields.Remove("paidAt");
        });

        Assert.That(Row(Propose(file), "session.paidAt").State, Is.EqualTo(ProposalState.Missing));
    }

    [Test]
    public void How_long_something_lasts_is_not_when_it_ends()
    {
        var file = Change("account", root =>
        {
            var fields = (JObject)root["components"]!["schemas"]!["Session"]!["properties"]!;
            fields.Remove("expiresAt");
            fields["expiresIn"] = new JObject { ["type"] = "integer" };
        });

        Assert.That(Row(Propose(file), "session.expiresAt").State, Is.EqualTo(ProposalState.NotFound));
    }

    [TestCase("/payment-sessions", "/merchants/{merchantId}/payment-sessions", "create.path")]
    [TestCase("/payment-sessions/by-reference/{reference}", "/merchants/{merchantId}/by-reference", "byReference.path")]
    [TestCase("/payment-sessions/{paymentSessionId}/status", "/merchants/{merchantId}/status", "status.path")]
    public void What_names_something_else_in_a_path_is_a_persons_to_fill_in(string path, string other, string key)
    {
        var file = Change("account", root =>
        {
            Assert.That(root["paths"]![path], Is.Not.Null);
            Rename(root, path, other);
        });

        Assert.That(Row(Propose(file), key).State, Is.EqualTo(ProposalState.Missing));
    }

    [Test]
    public void Of_two_operations_the_one_that_can_be_called_as_it_is_need_not_be_the_right_one()
    {
        var file = Change("account", root =>
        {
            var creation = root["paths"]!["/payment-sessions"]!;
            creation["post"]!["summary"] = "Begin";
            root["paths"]!["/refunds"] = creation.DeepClone();
            Rename(root, "/payment-sessions", "/{tenant}/payment-sessions");
        });

        Assert.That(Row(Propose(file), "create.path").IsAsked, Is.True);
    }

    [Test]
    public void Where_the_sessions_of_an_answer_are_is_asked_for_if_it_cannot_be_told()
    {
        var file = Change("account", root => root["paths"]!["/payment-sessions/by-reference/{reference}"]!["get"]!["responses"]!["200"]!
            ["content"]!["application/json"]!["schema"] = Parse("""
                {"properties":{"data":{"type":"array","items":{"properties":{"id":{"type":"string"}}}},
                "included":{"type":"array","items":{"properties":{"id":{"type":"string"}}}}}}
                """));

        var row = Row(Propose(file), "byReference.items");

        Assert.That(row.State, Is.EqualTo(ProposalState.Ambiguous));
        Assert.That(row.Choices, Is.EquivalentTo(new[] { "data", "included", "[]", "–" }));
    }

    [Test]
    public void An_amount_that_need_not_be_in_cents_is_asked_about()
    {
        var file = Change("account", root => CreateSchema(root)["properties"]!["amount"] = new JObject { ["type"] = "number" });

        Assert.That(Row(Propose(file), "create.amount").State, Is.EqualTo(ProposalState.Missing));
    }

    [Test]
    public void Where_one_address_is_called_for_all_sessions_what_names_the_session_is_asked_for()
    {
        var file = Change("account", root => root.Remove("webhooks"));

        Assert.That(Row(Propose(file), "callback.paymentSessionId").State, Is.EqualTo(ProposalState.Missing));
    }

    [Test]
    public void What_generators_write_is_understood()
    {
        var file = Change("account", root =>
        {
            var operation = root["paths"]!["/payment-sessions"]!["post"]!;
            var answer = (JProperty)operation["responses"]!.First!;
            var content = (JObject)answer.Value["content"]!;
            operation["responses"] = new JObject
            {
                ["200"] = new JObject { ["description"] = "nothing" },
                ["201"] = new JObject { ["content"] = new JObject { ["*/*"] = content["application/json"] } }
            };
            root["components"]!["schemas"]!["List"] = new JObject { ["allOf"] = new JArray(new JObject(), CreateSchema(root).DeepClone()) };
            operation["requestBody"]!["content"]!["application/json"]!["schema"] = new JObject { ["$ref"] = "#/components/schemas/List/allOf/1" };
            foreach (var path in new[] { "/payment-sessions/{paymentSessionId}/status", "/payment-sessions/by-reference/{reference}" })
                root["paths"]![path]!["get"]!["responses"] = new JObject();
        });

        var proposal = Propose(file);

        Assert.That(Row(proposal, "create.amount").State, Is.EqualTo(ProposalState.Found), "behind a reference into a list");
        Assert.That(Row(proposal, "session.paidAt").State, Is.EqualTo(ProposalState.Found), "of any form, and behind an answer without content");
    }

    private static IEnumerable<TestCaseData> Traps()
    {
        yield return Trap("an address that grows", root => root["servers"] = new JArray(new JObject
        {
            ["url"] = string.Concat(Enumerable.Repeat("{a}", 500_000)),
            ["variables"] = new JObject { ["a"] = new JObject { ["default"] = new string('x', 2_000_000) } }
        }));
        yield return Trap("a path with many placeholders", root =>
        {
            var creation = root["paths"]!["/payment-sessions"]!;
            ((JObject)root["paths"]!).AddFirst(new JProperty("/" + string.Concat(Enumerable.Repeat("{x}a", 45)) + "!", creation.DeepClone()));
            Rename(root, "/payment-sessions", "/" + new string('a', 190));
        });
        yield return Trap("a long list behind every field", root =>
        {
            root["components"]!["schemas"]!["Long"] = new JObject { ["type"] = "string", ["enum"] = new JArray(Enumerable.Repeat("x", 300_000)) };
            for (var i = 0; i < 100; i++)
                CreateSchema(root)["properties"]![$"field{i}"] = new JObject { ["$ref"] = "#/components/schemas/Long" };
        });
        yield return Trap("a reference without end", root =>
            CreateSchema(root)["properties"]!["amount"] = new JObject { ["$ref"] = "#/" + string.Concat(Enumerable.Repeat("x/", 1_000_000)) });
        yield return Trap("half a character", root =>
            root["paths"]!["/payment-sessions"]!["post"]!["description"] = new string('x', 199) + "\U0001F680 and more");

        static TestCaseData Trap(string name, Action<JObject> change) => new TestCaseData(change).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Traps))]
    public void A_trap_is_over_in_seconds_and_what_is_left_of_it_can_be_kept(Action<JObject> change)
    {
        var file = Change("account", change);

        var work = Task.Run(() =>
        {
            var (description, problem) = OpenApiReader.Read(file);
            return (Text: PlainJson.Write(description) + ContractProposal.Of(description, new Dictionary<string, string>()).ToContract().ToText(), problem);
        });

        Assert.That(work.Wait(TimeSpan.FromSeconds(30)), Is.True);
        Assert.That(() => _strictUtf8.GetBytes(work.Result.Text), Throws.Nothing);
        Assert.That(work.Result.problem, Is.EqualTo(DescriptionProblem.None).Or.EqualTo(DescriptionProblem.TooComplex));
    }

    /// <remarks><c>MION_FUZZ=100000</c> for more; <c>MION_SEED</c> for others.</remarks>
    [TestCase(100)]
    [TestCase(1500, Category = "Slow")]
    public void A_hostile_file_ends_in_a_sentence_and_never_in_an_exception(int count)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("MION_FUZZ"), out var wanted))
            count = wanted;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("MION_SEED"), out var given) ? given : 20260101;
        var sources = MadeUpMion.All.Select(mion => File.ReadAllText(mion.File)).ToArray();
        var problems = new int[Enum.GetValues<DescriptionProblem>().Length];
        for (var i = 0; i < count; i++)
        {
            var file = HostileFiles.Create(new Random(seed + i), sources);
            try
            {
                var (description, problem) = OpenApiReader.Read(file);
                problems[(int)problem]++;
                var contract = ContractProposal.Of(description, new Dictionary<string, string> { ["create.path"] = "POST /x", ["baseUrl"] = "\u0000" })
                    .ToContract();
                // as a form and as a setting they have to be text
                _ = _strictUtf8.GetBytes(PlainJson.Write(description) + contract.ToText());
            }
            catch (Exception exception)
            {
                Assert.Fail($"MION_SEED={seed + i} MION_FUZZ=1: {exception}");
            }
        }

        TestContext.Out.WriteLine(string.Join(", ", Enum.GetValues<DescriptionProblem>()
            .Select(problem => $"{problem} {problems[(int)problem]}")));
        Assert.That(problems[(int)DescriptionProblem.None], Is.GreaterThan(count / 10), "most of them are read, or nothing is tried");
        Assert.That(problems[(int)DescriptionProblem.NotJson], Is.Positive);
    }

    private static ProposalRow Row(ContractProposal proposal, string key) => proposal.Rows.Single(row => row.Key == key);

    private static JToken CreateSchema(JObject root) =>
        root["paths"]!["/payment-sessions"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;

    private static void Rename(JObject root, string path, string other)
    {
        root["paths"]![other] = root["paths"]![path];
        ((JObject)root["paths"]!).Remove(path);
    }

    /// <summary>A hundred operations whose fields have the longest names there can be.</summary>
    private static string LongNames()
    {
        var schema = "{" + string.Join(',', Enumerable.Range(0, 150).Select(i => $"\"{new string('x', 76)}{i:000}\":{{}}")) + "}";
        var file = new StringBuilder("{\"openapi\":\"3.0.0\",\"components\":{\"schemas\":{\"a\":{\"properties\":" + schema + "}}},\"paths\":{");
        for (var i = 0; i < 100; i++)
            file.Append($"{(i > 0 ? "," : "")}\"/{i}\":{{\"post\":{{\"requestBody\":{{\"content\":{{\"application/json\":{{\"schema\":{{\"$ref\":\"#/components/schemas/a\"}}}}}}}}}}}}");
        return file.Append("}}").ToString();
    }

    private static JToken Parse(string json) => JToken.Parse(json);

    private static byte[] Change(string name, Action<JObject> change) => Change(File.ReadAllBytes(MadeUpMion.Find(name)!.File), change);

    private static byte[] Change(byte[] file, Action<JObject> change)
    {
        var root = JObject.Parse(Encoding.UTF8.GetString(file));
        change(root);
        return Encoding.UTF8.GetBytes(root.ToString());
    }

    private static ContractProposal Propose(byte[] file, params (string Key, string Value)[] choices) =>
        ContractProposal.Of(OpenApiReader.Read(file).Description, choices.ToDictionary(choice => choice.Key, choice => choice.Value));
}
