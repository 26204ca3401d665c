using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Nop.Web.Framework.Mvc.Filters;

// The store's filters ask its permission service. These ask the signed-in user: the role "Administrators" opens the
// admin area, a claim "permission" each of its doors; that is enough to see, in a test, that a page is guarded.

/// <summary>Only for those who may enter the admin area; others are sent to the login page.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuthorizeAdminAttribute : TypeFilterAttribute
{
    public AuthorizeAdminAttribute(bool ignore = false) : base(typeof(AuthorizeAdminFilter))
    {
        IgnoreFilter = ignore;
        Arguments = [ignore];
    }

    public bool IgnoreFilter { get; }

    private sealed class AuthorizeAdminFilter(bool ignore) : IAuthorizationFilter
    {
        public void OnAuthorization(AuthorizationFilterContext context)
        {
            if (!ignore && !context.HttpContext.User.IsInRole("Administrators"))
                context.Result = new ChallengeResult();
        }
    }
}

/// <summary>Only for those who hold one of the permissions; several of this attribute must all be met.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CheckPermissionAttribute : TypeFilterAttribute
{
    public CheckPermissionAttribute(string permissionSystemName, CheckPermissionResultType resultType = CheckPermissionResultType.Default)
        : this([permissionSystemName], resultType)
    {
    }

    public CheckPermissionAttribute(string[] permissionSystemNames, CheckPermissionResultType resultType = CheckPermissionResultType.Default)
        : base(typeof(CheckPermissionFilter))
    {
        PermissionSystemName = [.. permissionSystemNames];
        ResultType = resultType;
        Arguments = [permissionSystemNames, resultType];
    }

    public List<string> PermissionSystemName { get; }

    public CheckPermissionResultType ResultType { get; }

    /// <summary>How a refusal looks; by default what suits the request.</summary>
    public enum CheckPermissionResultType
    {
        Default = 0,
        Html = 1,
        Text = 2,
        Json = 3
    }

    private sealed class CheckPermissionFilter(string[] permissions, CheckPermissionResultType resultType) : IAuthorizationFilter
    {
        public void OnAuthorization(AuthorizationFilterContext context)
        {
            if (context.Result != null || permissions.Any(permission => context.HttpContext.User.HasClaim("permission", permission)))
                return;
            var request = context.HttpContext.Request;
            var isAjax = HttpMethods.IsPost(request.Method) && request.Headers.XRequestedWith == "XMLHttpRequest";
            context.Result = resultType switch
            {
                CheckPermissionResultType.Json => Refusal(),
                CheckPermissionResultType.Text => new ContentResult { Content = "Access denied" },
                CheckPermissionResultType.Default when isAjax => Refusal(),
                _ => new RedirectToActionResult("AccessDenied", "Security", new { area = AreaNames.ADMIN })
            };
        }

        private static JsonResult Refusal() => new(new { error = "Access denied" });
    }
}

/// <summary>Only while the store is open. A page that must work in a closed store says <c>ignore</c>, or does without.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class CheckAccessClosedStoreAttribute : TypeFilterAttribute
{
    public CheckAccessClosedStoreAttribute(bool ignore = false) : base(typeof(PassFilter))
    {
        IgnoreFilter = ignore;
    }

    public bool IgnoreFilter { get; }

    private sealed class PassFilter : IFilterMetadata
    {
    }
}

/// <summary>Only where the public store may be visited.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class CheckAccessPublicStoreAttribute : TypeFilterAttribute
{
    public CheckAccessPublicStoreAttribute(bool ignore = false) : base(typeof(PassFilter))
    {
        IgnoreFilter = ignore;
    }

    public bool IgnoreFilter { get; }

    private sealed class PassFilter : IFilterMetadata
    {
    }
}

/// <summary>Sends a GET without a language in its address to the one with it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class CheckLanguageSeoCodeAttribute : TypeFilterAttribute
{
    public CheckLanguageSeoCodeAttribute(bool ignore = false) : base(typeof(PassFilter))
    {
        IgnoreFilter = ignore;
    }

    public bool IgnoreFilter { get; }

    private sealed class PassFilter : IFilterMetadata
    {
    }
}

/// <summary>Only from the addresses that the admin area is limited to.</summary>
public sealed class ValidateIpAddressAttribute : TypeFilterAttribute
{
    public ValidateIpAddressAttribute() : base(typeof(PassFilter))
    {
    }

    private sealed class PassFilter : IFilterMetadata
    {
    }
}
