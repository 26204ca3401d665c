using System.Reflection;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>Messages on the next page that is shown in the admin area.</summary>
/// <remarks>
/// By name: nopCommerce 4.90 gave these methods one more optional parameter, so a call that is compiled against either
/// version does not find the other's. What is optional gets the value that the running version declares.
/// </remarks>
internal static class Notifications
{
    public static void ShowSuccess(this INotificationService service, string message) => Show(service, "SuccessNotification", message);

    public static void ShowWarning(this INotificationService service, string message) => Show(service, "WarningNotification", message);

    public static void ShowError(this INotificationService service, string message) => Show(service, "ErrorNotification", message);

    /// <summary>Calls a service's method that takes a text and, maybe, what is optional.</summary>
    internal static void Show<TService>(TService service, string method, string message)
    {
        var found = typeof(TService).GetMethods().Single(candidate => candidate.Name == method && candidate.GetParameters() is [var first, .. var others]
            && first.ParameterType == typeof(string) && others.All(other => other.HasDefaultValue));
        found.Invoke(service, BindingFlags.DoNotWrapExceptions, binder: null, [message, .. found.GetParameters().Skip(1).Select(parameter => parameter.DefaultValue)], culture: null);
    }
}
