using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>Whoever operates the store sees in figures what happens to its payments, and nothing that names a person, an order or a payment.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed partial class FiguresTests : ShopFixture
{
    private const string Status = "Get a payment session status";

    private Figures _figures = null!;

    protected override bool Webhooks => true;

    [SetUp]
    public void Listen() => _figures = new Figures(Shop.Services.GetRequiredService<IMeterFactory>());

    [TearDown]
    public void StopListening() => _figures.Dispose();

    [Test]
    public async Task A_payment_is_counted_from_its_opening_to_its_order()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.CallbackDrop });
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_figures["mion.session.openings{mion.store.id=1,mion.channel=checkout}"], Is.EqualTo(1));
            Assert.That(_figures["mion.session.checks{mion.trigger=Poll,mion.outcome=paid}"], Is.EqualTo(1));
            Assert.That(_figures["mion.session.settlements{mion.store.id=1,mion.trigger=Poll,mion.outcome=paid}"], Is.EqualTo(1));
            Assert.That(_figures["mion.payment.delay{mion.trigger=Poll}"], Is.InRange(61, 120), "the task looked a minute later");
            Assert.That(_figures["mion.task.sessions{mion.outcome=checked}"], Is.EqualTo(1));
            Assert.That(_figures["mion.task.duration"], Is.GreaterThan(0).And.LessThan(60));
            Assert.That(_figures[$"mion.client.operation.duration{{mion.operation={Status}}}"], Is.Positive);
        }
    }

    [Test]
    public async Task What_Mion_refuses_is_counted_by_its_kind()
    {
        Mion.Permissions = MionPermissions.None;
        await BuyAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_figures["mion.session.openings{mion.store.id=1,mion.channel=checkout,error.type=Forbidden}"], Is.EqualTo(1));
            Assert.That(_figures.Names, Has.Some.Contains("mion.operation=Initiate a new payment session,error.type=Forbidden"));
        }
    }

    [Test]
    public async Task What_needs_a_person_is_counted_with_its_reason_and_has_no_delay()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = 99m);
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.CallbackDrop });
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        Assert.That(_figures["mion.session.settlements{mion.store.id=1,mion.trigger=Poll,mion.outcome=needs_person,mion.reason=AmountChanged}"], Is.EqualTo(1));
        Assert.That(_figures.Names, Has.None.StartWith("mion.payment.delay"));
    }

    [Test]
    public async Task Calls_of_the_webhooks_address_are_counted_by_the_answer()
    {
        using var unknown = await NewBrowser().PostAsync("/mion/webhook/0123456789abcdef0123456789abcdef");
        using var read = await NewBrowser().GetAsync("/mion/webhook/0123456789abcdef0123456789abcdef");

        Assert.That(_figures["mion.callbacks{http.response.status_code=404}"], Is.EqualTo(1));
        Assert.That(_figures["mion.callbacks{http.response.status_code=405}"], Is.EqualTo(1));
    }

    [Test]
    public async Task How_many_are_how_far_is_counted_in_the_background_once_a_minute_however_often_it_is_collected()
    {
        var (_, first) = await BuyWithSessionAsync();
        var (second, _) = await BuyWithSessionAsync();
        await ChangeOrderAsync(second.OrderId, order => order.Deleted = true);
        Time.Advance(TimeSpan.FromMinutes(7));
        _figures.Collect();
        Assert.That(_figures.Names, Has.None.StartWith("mion.sessions{"), "nobody waits for the database");
        await Soon.Async("they are counted", () =>
        {
            _figures.Collect();
            return Task.FromResult(_figures["mion.sessions{mion.state=open}"] > 0);
        });

        var before = Statements;
        for (var i = 0; i < 100; i++)
            _figures.Collect();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Statements, Is.EqualTo(before));
            Assert.That(_figures["mion.sessions{mion.state=open}"], Is.EqualTo(2));
            Assert.That(_figures["mion.sessions{mion.state=overdue}"], Is.EqualTo(2));
            Assert.That(_figures["mion.sessions{mion.state=stalled}"], Is.Zero);
            Assert.That(_figures["mion.sessions.lag"], Is.InRange(300, 420));
        }

        Mion.Faults.Add(new FaultRule { Kind = FaultKind.CallbackDrop });
        Mion.PayByLightning(first.PaymentSessionId);
        await RunPollAsync();
        Time.Advance(SessionGauges.MaxAge);
        await Soon.Async("they are counted anew", () =>
        {
            _figures.Collect();
            return Task.FromResult(_figures["mion.sessions{mion.state=open}"] == 1 && _figures["mion.sessions{mion.state=overdue}"] == 0);
        });
    }

    [Test]
    public async Task No_label_names_a_person_an_order_or_a_payment()
    {
        for (var i = 0; i < 3; i++)
        {
            var (_, session) = await BuyWithSessionAsync();
            Mion.PayByLightning(session.PaymentSessionId);
            await Mion.CallbacksSettledAsync();
        }

        await PollWhenDueAsync();
        _figures.Collect();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_figures.Labels.Keys, Is.SubsetOf(new[] { "error.type", "http.response.status_code", "mion.channel", "mion.operation",
                "mion.outcome", "mion.reason", "mion.state", "mion.store.id", "mion.trigger" }));
            Assert.That(_figures.Labels["mion.store.id"].Distinct(), Is.EqualTo(new[] { "1" }));
            Assert.That(_figures.Labels.Where(label => label.Key is not ("mion.store.id" or "http.response.status_code")).SelectMany(label => label.Value), Has.None.Matches(@"\d"));
        }
    }

    [Test]
    public async Task Each_figure_is_in_the_documents_with_its_unit()
    {
        await BuyWithSessionAsync();
        var document = Row().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md")))
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["unit"].Value);

        Assert.That(document, Is.EquivalentTo(_figures.Units));
    }

    [Test]
    public async Task A_callback_its_confirmation_and_what_follows_are_one_trace()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is MionDefaults.Telemetry or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (spans)
                    spans.Add(span);
            }
        };
        ActivitySource.AddActivityListener(listener);
        var (_, session) = await BuyWithSessionAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.CallbackDrop });
        Mion.PayByLightning(session.PaymentSessionId);
        using var caller = new Activity("Mion calls").Start();
        using var answer = await NewBrowser().PostAsync($"/mion/webhook/{session.WebhookToken}");
        caller.Stop();

        Activity[] mine;
        lock (spans)
            mine = [.. spans.Where(span => span.TraceId == caller.TraceId)];
        var confirmation = mine.Single(span => span.OperationName == "mion confirm payment");
        var applying = mine.Single(span => span.OperationName == "mion apply payment");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(applying.ParentSpanId, Is.EqualTo(confirmation.SpanId));
            Assert.That(confirmation.Tags, Is.EquivalentTo(new Dictionary<string, string?> { ["mion.trigger"] = "Webhook", ["mion.outcome"] = "paid" }));
            Assert.That(applying.Tags, Is.EquivalentTo(new Dictionary<string, string?> { ["mion.outcome"] = "Settled" }));
        }
    }

    // | `name` | unit | …
    [GeneratedRegex(@"^\| `(?<name>mion\.[a-z.]+)` \| `?(?<unit>[^`|]+?)`? \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
