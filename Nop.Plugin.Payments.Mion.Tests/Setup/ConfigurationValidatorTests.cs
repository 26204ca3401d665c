using Moq;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Tests.Setup;

public class ConfigurationValidatorTests
{
    private static readonly ConfigurationValidator _validator = CreateValidator();

    private static IEnumerable<TestCaseData> Mistakes() =>
    [
        Mistake(nameof(ConfigurationModel.SessionLifetimeMinutes), 14, "SessionLifetimeMinutes"),
        Mistake(nameof(ConfigurationModel.SessionLifetimeMinutes), 10081, "SessionLifetimeMinutes"),
        Mistake(nameof(ConfigurationModel.PollIntervalSeconds), 9, "PollIntervalSeconds"),
        Mistake(nameof(ConfigurationModel.PollIntervalSeconds), 3601, "PollIntervalSeconds"),
        Mistake(nameof(ConfigurationModel.LatePaymentDays), 0, "LatePaymentDays"),
        Mistake(nameof(ConfigurationModel.LatePaymentDays), 61, "LatePaymentDays"),
        Mistake(nameof(ConfigurationModel.AdditionalFee), -0.01m, "NotNegative"),
        Mistake(nameof(ConfigurationModel.MinimumOrderTotal), -0.01m, "NotNegative"),
        Mistake(nameof(ConfigurationModel.MaximumOrderTotal), -0.01m, "NotNegative"),
        Mistake(nameof(ConfigurationModel.MaximumOrderTotal), 9.99m, "MaximumBelowMinimum"),
        Mistake(nameof(ConfigurationModel.DescriptionText), new string('x', 1001), "DescriptionText"),
        Mistake(nameof(ConfigurationModel.ApiKey), "a\u200bb", "ApiKey"),
        Mistake(nameof(ConfigurationModel.ApiKey), "a\r\nX-Evil: 1", "ApiKey"),
        Mistake(nameof(ConfigurationModel.BaseUrl), null, "Address"),
        Mistake(nameof(ConfigurationModel.BaseUrl), "api.mion.group", "Address"),
        Mistake(nameof(ConfigurationModel.BaseUrl), "http://api.mion.group", "Address"),
        Mistake(nameof(ConfigurationModel.CheckoutUrlTemplate), null, "CheckoutUrlTemplate"),
        Mistake(nameof(ConfigurationModel.CheckoutUrlTemplate), "https://app.mion.group/checkout/", "CheckoutUrlTemplate"),
        Mistake(nameof(ConfigurationModel.CheckoutUrlTemplate), "http://app.mion.group/checkout/{paymentSessionId}", "CheckoutUrlTemplate"),
        Mistake(nameof(ConfigurationModel.CheckoutUrlTemplate), "javascript:alert('{paymentSessionId}')", "CheckoutUrlTemplate"),
        Mistake(nameof(ConfigurationModel.ApiKeyHeader), null, "ApiKeyHeader"),
        Mistake(nameof(ConfigurationModel.ApiKeyHeader), "", "ApiKeyHeader"),
        Mistake(nameof(ConfigurationModel.ApiKeyHeader), "X API Key", "ApiKeyHeader"),
        Mistake(nameof(ConfigurationModel.ApiKeyHeader), "X-API-Key:", "ApiKeyHeader"),
        Mistake(nameof(ConfigurationModel.ApiKeyHeader), new string('x', 101), "ApiKeyHeader"),
        Mistake(nameof(ConfigurationModel.ApiKeyPrefix), "Bearer:", "ApiKeyPrefix"),
        Mistake(nameof(ConfigurationModel.ApiKeyPrefix), new string('x', 51), "ApiKeyPrefix"),
        Mistake(nameof(ConfigurationModel.CreateSessionPath), null, "Path"),
        Mistake(nameof(ConfigurationModel.CreateSessionPath), "payment-sessions", "Path"),
        Mistake(nameof(ConfigurationModel.CreateSessionPath), "//evil.example", "Path"),
        Mistake(nameof(ConfigurationModel.GetSessionStatusPath), "/payment-sessions/status", "PathWithId"),
        Mistake(nameof(ConfigurationModel.GetSessionStatusPath), null, "PathWithId"),
        Mistake(nameof(ConfigurationModel.GetSessionByReferencePath), "/payment-sessions/{paymentSessionId}", "PathWithReference"),
        Mistake(nameof(ConfigurationModel.GetSessionByReferencePath), null, "PathWithReference"),
        Mistake(nameof(ConfigurationModel.CreateWebhookPath), "webhooks", "Path"),
        Mistake(nameof(ConfigurationModel.CreateWebhookPath), null, "Path")
    ];

    private static IEnumerable<TestCaseData> Limits() =>
    [
        Value(nameof(ConfigurationModel.SessionLifetimeMinutes), 15),
        Value(nameof(ConfigurationModel.SessionLifetimeMinutes), 10080),
        Value(nameof(ConfigurationModel.PollIntervalSeconds), 10),
        Value(nameof(ConfigurationModel.PollIntervalSeconds), 3600),
        Value(nameof(ConfigurationModel.LatePaymentDays), 1),
        Value(nameof(ConfigurationModel.LatePaymentDays), 60),
        Value(nameof(ConfigurationModel.AdditionalFee), 0m),
        Value(nameof(ConfigurationModel.MinimumOrderTotal), 0m),
        Value(nameof(ConfigurationModel.MaximumOrderTotal), 0m),
        Value(nameof(ConfigurationModel.MaximumOrderTotal), 10m),
        Value(nameof(ConfigurationModel.DescriptionText), new string('x', 1000)),
        Value(nameof(ConfigurationModel.DescriptionText), null),
        Value(nameof(ConfigurationModel.ApiKey), null),
        Value(nameof(ConfigurationModel.ApiKey), " mion_live-1.2+3/4=~ \n"),
        Value(nameof(ConfigurationModel.BaseUrl), "http://127.0.0.1:5081"),
        Value(nameof(ConfigurationModel.BaseUrl), "https://api.mion.group/v2/"),
        Value(nameof(ConfigurationModel.CheckoutUrlTemplate), "http://localhost:5081/checkout/{paymentSessionId}"),
        Value(nameof(ConfigurationModel.ApiKeyHeader), "Authorization"),
        Value(nameof(ConfigurationModel.ApiKeyPrefix), "Bearer"),
        Value(nameof(ConfigurationModel.ApiKeyPrefix), ""),
        Value(nameof(ConfigurationModel.ApiKeyPrefix), null),
        Value(nameof(ConfigurationModel.GetSessionByReferencePath), "/sessions?reference={reference}")
    ];

    [Test]
    public void The_defaults_are_valid() => Assert.That(Messages(Valid()), Is.Empty);

    [TestCaseSource(nameof(Mistakes))]
    public void A_mistake_is_told_at_its_field_in_the_plugins_own_words(string field, object? value, string message)
    {
        var result = _validator.Validate(With(Valid(), field, value));

        Assert.That(result.Errors.Select(error => (error.PropertyName, error.ErrorMessage)), Is.EqualTo(new[] { (field, message) }));
    }

    [TestCaseSource(nameof(Limits))]
    public void What_is_just_within_the_limits_is_valid(string field, object? value) => Assert.That(Messages(With(Valid(), field, value)), Is.Empty);

    [Test]
    public void In_a_stores_scope_nothing_is_asked_for_that_is_not_the_stores_own() =>
        Assert.That(Messages(new ConfigurationModel { ActiveStoreScopeConfiguration = 2, MinimumOrderTotal = -1, MaximumOrderTotal = -1, AdditionalFee = -1 }), Is.Empty);

    [TestCaseSource(nameof(Mistakes))]
    public void In_a_stores_scope_what_is_the_stores_own_is_held_to_the_same_rules(string field, object? value, string message)
    {
        var model = With(Valid() with { ActiveStoreScopeConfiguration = 2 }, field, value);
        foreach (var companion in typeof(ConfigurationModel).GetProperties().Where(property => property.Name.EndsWith("_OverrideForStore", StringComparison.Ordinal)))
            companion.SetValue(model, true);

        Assert.That(Messages(model), Is.EqualTo(new[] { message }));
    }

    [TestCaseSource(nameof(Mistakes))]
    public void In_a_stores_scope_each_field_follows_its_own_companion(string field, object? value, string message)
    {
        // a blank form, as a browser sends it when every field but one is disabled
        var model = With(new ConfigurationModel { ActiveStoreScopeConfiguration = 2, MinimumOrderTotal = 10m }, field, value);
        typeof(ConfigurationModel).GetProperty(field + "_OverrideForStore")!.SetValue(model, true);
        var needsTheMinimumToo = message == "MaximumBelowMinimum";

        Assert.That(Messages(model), Is.EqualTo(needsTheMinimumToo ? [] : new[] { message }));
    }

    [Test]
    public void Every_message_has_words() => Assert.Multiple(() =>
    {
        foreach (var message in Mistakes().Select(mistake => (string)mistake.Arguments[2]!).Distinct())
            Assert.That(MionStrings.English, Contains.Key($"{MionDefaults.ResourcePrefix}.Validation.{message}"));
    });

    [Test]
    public void A_placeholder_in_the_words_stays_as_it_is()
    {
        var validator = CreateValidator(name => MionStrings.English[name]);

        Assert.That(validator.Validate(With(Valid(), nameof(ConfigurationModel.BaseUrl), "") with { CheckoutUrlTemplate = "" }).Errors.Select(error => error.ErrorMessage),
            Has.Some.Contains("{paymentSessionId}"));
    }

    private static ConfigurationValidator CreateValidator(Func<string, string>? words = null)
    {
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>()))
            .ReturnsAsync((string name) => words?.Invoke(name) ?? name[$"{MionDefaults.ResourcePrefix}.Validation.".Length..]);
        return new ConfigurationValidator(texts.Object);
    }

    private static ConfigurationModel Valid()
    {
        var settings = new MionSettings();
        return new ConfigurationModel
        {
            SessionLifetimeMinutes = settings.SessionLifetimeMinutes,
            PollIntervalSeconds = settings.PollIntervalSeconds,
            LatePaymentDays = settings.LatePaymentDays,
            MinimumOrderTotal = 10m,
            BaseUrl = settings.BaseUrl,
            CheckoutUrlTemplate = settings.CheckoutUrlTemplate,
            ApiKeyHeader = settings.ApiKeyHeader,
            ApiKeyPrefix = settings.ApiKeyPrefix,
            CreateSessionPath = settings.CreateSessionPath,
            GetSessionStatusPath = settings.GetSessionStatusPath,
            GetSessionByReferencePath = settings.GetSessionByReferencePath,
            CreateWebhookPath = settings.CreateWebhookPath,
            CreatePaymentAttemptPath = settings.CreatePaymentAttemptPath,
            HistoryDays = settings.HistoryDays
        };
    }

    private static ConfigurationModel With(ConfigurationModel model, string field, object? value)
    {
        typeof(ConfigurationModel).GetProperty(field)!.SetValue(model, value);
        return model;
    }

    private static IEnumerable<string> Messages(ConfigurationModel model) => _validator.Validate(model).Errors.Select(error => error.ErrorMessage);

    private static TestCaseData Mistake(string field, object? value, string message) =>
        new TestCaseData(field, value, message).SetArgDisplayNames(field, Show(value));

    private static TestCaseData Value(string field, object? value) => new TestCaseData(field, value).SetArgDisplayNames(field, Show(value));

    private static string Show(object? value) => value is null ? "nothing" : value is string { Length: > 60 } text ? $"{text.Length} characters" : $"«{value}»";
}
